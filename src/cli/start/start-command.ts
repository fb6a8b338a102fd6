import open from 'open';
import { commonOptions, describeOptions, parseArguments, wholeNumber } from '../arguments.ts';
import type { Command } from '../command.ts';
import { startServer } from './server.ts';

const options = {
  data: {
    value: 'DIR',
    help: 'folder whose files the page may load: official files of a data set, or images by class',
  },
  development: { help: 'serves the modules as they are and anew when they change, for work on the playground itself' },
  port: { value: 'N', help: 'default 5173; the next free one where it is in use' },
  ...commonOptions,
} as const;

/** `npm start`: serves the playground until it is stopped, and prints its address as the one line of output. */
export const startCommand: Command = async (argv, output) => {
  const parsed = parseArguments(argv, options);
  if (!parsed.ok) return refuse(parsed.error.message);
  const { values } = parsed.value;
  if (values.help) {
    output.line(
      `npm start -- [options]\nBuilds the playground and serves it on this machine.\n\n${describeOptions(options)}`,
    );
    return 0;
  }
  const port = wholeNumber('port', values.port, 1, 65535);
  if (!port.ok) return refuse(port.error.message);
  const { data, development } = values;
  const server = await startServer({ port: port.value ?? 5173, data, development, note: output.note });
  if (!server.ok) return refuse(server.error.message);
  output.line(server.value.address);
  if (someoneLooks()) {
    await open(server.value.address).catch(() => output.note('No browser could be opened; open the address by hand.'));
  }
  await stopRequested();
  await server.value.close();
  return 0;

  function refuse(message: string): number {
    output.note(message);
    return 1;
  }
};

/** Whether this is a person's terminal on a machine with a display, and not a script's. */
function someoneLooks(): boolean {
  const { platform, env, stdout } = process;
  const display = platform === 'darwin' || platform === 'win32' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
  return display && stdout.isTTY === true;
}

function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
