import { expect, test } from 'vitest';
import { computedInWords } from './computed-words.ts';

const made = (executor: string) => ({
  appVersion: '1.2.3',
  commit: '',
  executor,
  device: 'a device',
  kernels: '',
  dataChecksum: '',
});

test('says of every stretch of steps what computed it', () => {
  expect(computedInWords({ provenance: made('webgpu'), handovers: [] })).toEqual([
    'from step 1 on: webgpu on a device (version 1.2.3)',
  ]);
  const handovers = [
    { step: 30, provenance: { ...made('tfjs-wasm'), commit: 'abcdef0123456789' } },
    { step: 41, provenance: made('webgpu') },
  ];
  expect(computedInWords({ provenance: made('webgpu'), handovers })).toEqual([
    'steps 1 to 30: webgpu on a device (version 1.2.3)',
    'steps 31 to 41: tfjs-wasm on a device (version 1.2.3, commit abcdef012345)',
    'from step 42 on: webgpu on a device (version 1.2.3)',
  ]);
});
