import { expect, it } from 'vitest';
import { namedBytes } from './named-file.ts';
import { nodeDecoder } from './node-decoder.ts';
import { readSet } from './read-set.ts';
import { fakeZip } from './readers.fakes.ts';

const refusal = async (...files: Parameters<typeof readSet>[0]) => {
  const read = await readSet(files, { decoder: nodeDecoder, resolution: 32 });
  return read.ok ? 'no failure' : read.error.message;
};
const bytes = Uint8Array.of(1, 2, 3);
const zip = (...names: readonly string[]) => fakeZip(Object.fromEntries(names.map((name) => [name, bytes])));

it('a PyTorch bundle says what of it can be imported', async () => {
  const sources = [
    'README.md',
    'auxiliary.py',
    'data.py',
    'hpff.py',
    'model.py',
    'random_streams.py',
    'requirements.txt',
  ];
  const more = ['schedule.py', 'tensor_file.py', 'terms.py', 'train.py', 'config.json', 'weights.safetensors'];
  const bundle = zip(...sources, ...more);
  expect(await refusal(namedBytes('mine (1).zip', bundle))).toMatch(
    /^mine \(1\)\.zip is no data set but a trained model\. Unzip it and import weights\.safetensors .* experiment\.json/,
  );
});

it('models that cannot be read back say what can', async () => {
  expect(await refusal(namedBytes('model.onnx', bytes))).toMatch(
    /^model\.onnx is an ONNX model, .*\.safetensors.*\.hpff\.zip/,
  );
  const tfjs = zip('model.json', 'group1-shard1of1.bin');
  expect(await refusal(namedBytes('tfjs-model.zip', tfjs))).toMatch(
    /is a TensorFlow\.js model, which cannot be read back/,
  );
  const other = zip('letter.txt');
  expect(await refusal(namedBytes('other.zip', other))).toContain('holds no files of a data set');
});
