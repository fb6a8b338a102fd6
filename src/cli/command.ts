/** Where a command writes: results to stdout, progress and notes to stderr. */
export interface Output {
  /** One line of the result. */
  line(text: string): void;
  /** One line for the person watching. */
  note(text: string): void;
}

/** A command: its arguments in, the process' exit code out. */
export type Command = (argv: readonly string[], output: Output) => Promise<number>;

const processOutput: Output = {
  line: (text) => process.stdout.write(`${text}\n`),
  note: (text) => process.stderr.write(`${text}\n`),
};

/**
 * Runs a command as this process' only task and ends the process with its exit code, whatever is still alive in it: a GPU object keeps
 * Node running. What libraries print goes to stderr, so that stdout holds the result alone.
 */
export async function runCommand(command: Command): Promise<never> {
  console.log = console.error;
  console.info = console.error;
  // A reader that stops reading, such as `head`, ends the command.
  process.stdout.on('error', () => process.exit(1));
  // Nobody watches any more, but the work goes on: what it makes is in files or on stdout.
  process.stderr.on('error', () => {});
  let code = 1;
  try {
    code = await command(process.argv.slice(2), processOutput);
  } catch (error) {
    processOutput.note(
      `This is a bug in the program: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
  await new Promise<void>((resolve) => {
    process.stdout.write('', () => resolve());
  });
  process.exit(code);
}

/** An output that keeps its lines, for tests. */
export function keptOutput(): Output & { readonly lines: string[]; readonly notes: string[] } {
  const lines: string[] = [];
  const notes: string[] = [];
  return { lines, notes, line: (text) => lines.push(text), note: (text) => notes.push(text) };
}
