import { cpus } from 'node:os';
import { type Command, runCommand } from '../src/cli/command.ts';
import { memoryCase } from './cases/memory.ts';
import { quickCase } from './cases/quick.ts';
import { shuffledCase } from './cases/shuffled.ts';
import { steadyCase } from './cases/steady.ts';
import { stepCase } from './cases/step.ts';
import { webgpuCase } from './cases/webgpu.ts';

/** One row of a case: what was measured, with its unit in the key. */
export type Row = Readonly<Record<string, string | number>>;

/** A benchmark: rows for a table. `note` tells how far it is. */
export type Case = (note: (text: string) => void) => Promise<readonly Row[]>;

const cases: Readonly<Record<string, Case>> = {
  step: stepCase,
  memory: memoryCase,
  quick: quickCase,
  shuffled: shuffledCase,
  webgpu: webgpuCase,
  steady: steadyCase,
};

/** `npm run -s bench -- [--json] [NAME...]`: runs the named cases, or all, and prints a table or JSON for each. */
const bench: Command = async (argv, { line, note }) => {
  const json = argv.includes('--json');
  const names = argv.filter((argument) => argument !== '--json');
  const unknown = names.filter((name) => !(name in cases));
  if (unknown.length > 0) {
    note(`There is no benchmark ${unknown.join(', ')}. There are ${Object.keys(cases).join(', ')}.`);
    return 1;
  }
  const machine = `${cpus().length} x ${cpus()[0]?.model.trim()}, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;
  const results: Record<string, readonly Row[]> = {};
  for (const name of names.length > 0 ? names : Object.keys(cases)) {
    note(`${name} ...`);
    const rows = await (cases[name] as Case)((text) => note(`  ${text}`));
    results[name] = rows;
    if (!json) line(`\n${name} (${machine})\n\n${markdownTable(rows)}`);
  }
  if (json) line(JSON.stringify({ machine, results }, null, 2));
  return 0;
};

function markdownTable(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [columns, columns.map(() => '---'), ...rows.map((row) => columns.map((column) => String(row[column])))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

await runCommand(bench);
