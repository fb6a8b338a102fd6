import { copyFileSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { commonOptions, describeOptions, parseArguments } from '../../src/cli/arguments.ts';
import { runCommand } from '../../src/cli/command.ts';
import { repository } from '../../src/cli/node-script.ts';
import { buildNode } from '../build.ts';
import { builtFolder } from '../places.ts';

const options = {
  out: { value: 'DIR', help: 'folder to make (out/bench/bundle)' },
  platform: {
    value: 'NAME',
    help: 'of the machine it is for: linux-x64 (default), linux-arm64, darwin-universal, win32-x64',
  },
  ...commonOptions,
} as const;

/** Dawn's binding, as a package beside the programs. */
const binding = join('node_modules', 'webgpu');

/** `bench:bundle`: one folder with the bench for plain Node. On the other machine: `node bench.js --help`. */
await runCommand(async (argv, output) => {
  const parsed = parseArguments(argv, options);
  if (!parsed.ok) {
    output.note(parsed.error.message);
    return 1;
  }
  const { help, out, platform = 'linux-x64' } = parsed.value.values;
  if (help) {
    output.line(`npm run -s bench:bundle -- [--out DIR] [--platform NAME]\n\n${describeOptions(options)}`);
    return 0;
  }
  const dawn = join(binding, 'dist', platform);
  const natives = filesIn(join(repository, dawn));
  if (natives.length === 0) {
    output.note(`--platform ${platform}: Dawn has no binary for it.`);
    return 1;
  }
  const folder = resolve(out ?? join(builtFolder, 'bundle'));
  const bench = join(repository, 'bench');
  await buildNode(folder, {
    bench: join(bench, 'bundle', 'bench-program.ts'),
    measure: join(bench, 'hosts', 'node-program.ts'),
  });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ type: 'module' })}\n`);
  const copy = (from: string, to: string) => {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    copyFileSync(from, join(folder, to));
  };
  const packageFiles = ['index.js', 'package.json', 'LICENSE.md'].map((name) => join(binding, name));
  for (const path of [...packageFiles, ...natives.map((name) => join(dawn, name))]) copy(join(repository, path), path);
  copy(join(bench, 'pytorch', 'steps.py'), 'steps.py');
  copy(join(repository, 'LICENSE'), 'LICENSE');
  const bytes = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
  output.line(
    `${folder}: ${(bytes / 1024 ** 2).toFixed(1)} MiB. There: node bench.js --only resnet32; python steps.py`,
  );
  return 0;
});

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
