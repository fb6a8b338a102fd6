import { BinaryReader } from '@bufbuild/protobuf/wire';
import { expect, test } from 'vitest';
import { History } from '../../runs/history.ts';
import { historyEvents } from './history-events.ts';

/** The records of an event file, as TensorFlow's reader takes them apart. */
function records(file: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  const view = new DataView(file.buffer);
  for (let at = 0; at < file.length; ) {
    const length = Number(view.getBigUint64(at, true));
    found.push(file.subarray(at + 12, at + 12 + length));
    at += 16 + length;
  }
  return found;
}

/** Field numbers and values of a message. */
function fields(bytes: Uint8Array): [number, unknown][] {
  const reader = new BinaryReader(bytes);
  const found: [number, unknown][] = [];
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    found.push([
      field,
      wire === 2 ? reader.bytes() : wire === 1 ? reader.double() : wire === 5 ? reader.float() : reader.int64(),
    ]);
  }
  return found;
}

test('begins as every event file begins', () => {
  const file = historyEvents(new History(), '1970-01-01T00:00:00.000Z');
  // Length 24 and its masked checksum, as TensorFlow writes them.
  expect([...file.subarray(0, 12)]).toEqual([24, 0, 0, 0, 0, 0, 0, 0, 0xa3, 0x7f, 0x4b, 0x22]);
  expect(new TextDecoder().decode(file.subarray(12))).toContain('brain.Event:2');
});

test('holds every number that was measured, by step and phase', () => {
  const history = new History();
  const score = { loss: 2, accuracy: 0.25 };
  const module = { block: '2.0', independent: undefined, cascade: undefined, reconstruction: 0.5, probe: score };
  history.add([
    {
      phase: 'test',
      step: 300,
      epoch: 1,
      seconds: 2,
      learningRate: 0.5,
      imagesPerSecond: 8,
      modules: [module],
      final: score,
    },
    {
      phase: 'train',
      step: 1,
      epoch: 0,
      seconds: 1,
      learningRate: 0.5,
      imagesPerSecond: 8,
      modules: [],
      final: { loss: 3, accuracy: undefined },
    },
  ]);
  const [, first, second] = records(historyEvents(history, '2026-01-02T03:04:05.000Z')) as [
    unknown,
    Uint8Array,
    Uint8Array,
  ];
  const steps = [first, second].map((record) => fields(record).find(([field]) => field === 2)?.[1]);
  expect(steps.map(Number)).toEqual([1, 300]);
  expect(fields(second)[0]).toEqual([1, Date.parse('2026-01-02T03:04:07.000Z') / 1000]);
  const summary = fields(second).find(([field]) => field === 5)?.[1] as Uint8Array;
  const values = Object.fromEntries(
    fields(summary).map(([, value]) => {
      const [[, tag], [, number]] = fields(value as Uint8Array) as [[number, Uint8Array], [number, number]];
      return [new TextDecoder().decode(tag), number];
    }),
  );
  expect(values).toEqual({
    'test/epoch': 1,
    'test/learningRate': 0.5,
    'test/imagesPerSecond': 8,
    'test/final.loss': 2,
    'test/final.accuracy': 0.25,
    'test/block_2.0/probe.accuracy': 0.25,
    'test/block_2.0/probe.loss': 2,
    'test/block_2.0/reconstruction': 0.5,
  });
});
