import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeProgram, repository } from './node-script.ts';
import { temporaryFolder } from './temporary-folder.ts';

const imports = (path: string): string => `import { x } from '${path}';\nx();\n`;

/** Imports that point upward, by the folder they are in. */
const forbidden: readonly (readonly [folder: string, source: string])[] = [
  ['base', imports('../graph/value.ts')],
  ['graph/kinds', imports('../../methods/terms.ts')],
  ['graph', imports('../cli/train.ts')],
  ['graph', imports('@tensorflow/tfjs-core')],
  ['graph', "import type { Tensor } from '@tensorflow/tfjs-core';\nexport type T = Tensor;\n"],
  ['methods', imports('node:fs')],
  ['methods', imports('../runtime/executor.ts')],
  ['network', imports('../methods/terms.ts')],
  ['experiment', imports('../network/cuts.ts')],
  ['datasets', imports('../graph/value.ts')],
  ['runs', imports('../trainer/training.ts')],
  ['archive', imports('../runtime/choose.ts')],
  ['trainer', imports('../archive/files.ts')],
  ['formats', imports('../runtime/executor.ts')],
  ['runtime/tfjs', imports('../../methods/terms.ts')],
  ['trainer', imports('../runtime/interpreter/interpreter.ts')],
  ['trainer', "export const f = () => import('../runtime/choose.ts');\n"],
  ['trainer', "export * from '../worker/session.ts';\n"],
  ['worker', imports('../store/state.ts')],
  ['cli/train', imports('../../app/app.tsx')],
  ['store', imports('../trainer/training.ts')],
  ['store', imports('../worker/session.ts')],
  ['app/charts', imports('../../trainer/training.ts')],
  ['app/charts', imports('../../cli/command.ts')],
];

const allowed: typeof forbidden = [
  ['formats', imports('../runs/run-record.ts')],
  ['store', imports('../runs/history.ts')],
  ['archive', imports('../trainer/checkpoint.ts')],
  ['graph/kinds', imports('../../base/result.ts')],
  ['trainer', imports('../runtime/executor.ts')],
  ['trainer', imports('../runtime/breathing.ts')],
  ['runtime/tfjs', imports('@tensorflow/tfjs-core')],
  ['store', imports('../worker/client.ts')],
  ['app/charts', imports('../../store/state.ts')],
  ['cli/train', imports('node:fs')],
];

test('lint refuses imports against the arrows between folders, and no others', () => {
  const root = temporaryFolder();
  cpSync(join(repository, 'biome.json'), join(root, 'biome.json'));
  const paths = [...forbidden, ...allowed].map(([folder, source], number) => {
    const path = `src/${folder}/new${number}.ts`;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), source);
    return path;
  });
  // Tests may import what they need.
  writeFileSync(join(root, 'src/graph/new.test.ts'), imports('../runtime/interpreter/interpreter.ts'));
  const args = ['lint', '--only=style/noRestrictedImports', '--reporter=github', '--max-diagnostics=none', '.'];
  const { stdout } = spawnSync(process.execPath, [nodeProgram('@biomejs/biome'), ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  const refused = [...stdout.matchAll(/noRestrictedImports,file=([^,]*),/g)].map(([, path = '']) =>
    path.slice(path.indexOf('src/')),
  );
  expect(refused.sort()).toEqual(paths.slice(0, forbidden.length).sort());
});
