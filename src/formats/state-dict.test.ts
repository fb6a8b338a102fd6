import { expect, test } from 'vitest';
import { normaliseStateDict } from './state-dict.ts';

test('takes off prefixes, understands other spellings, and leaves out what is not needed', () => {
  const names = [
    'module.conv1.weight',
    'layer2.0.shortcut.0.weight',
    'linear.bias',
    'layer1.0.bn1.num_batches_tracked',
    'can.1.classifier.fcs.0.weight',
  ];
  const tensors = new Map(names.map((name) => [name, { shape: [1], data: Float64Array.of(0.1) }]));
  const read = normaliseStateDict({ tensors, metadata: { a: 'b' } });
  expect([...read.tensors.keys()]).toEqual([
    'conv1.weight',
    'layer2.0.downsample.0.weight',
    'fc.bias',
    'can.1.classifier.fcs.0.weight',
  ]);
  expect(read.tensors.get('fc.bias')?.data).toEqual(Float32Array.of(0.1));
  expect(read.metadata).toEqual({ a: 'b' });
});
