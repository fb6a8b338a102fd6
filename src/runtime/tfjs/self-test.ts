import { conv2d, tensor4d, tidy, type zeros } from '@tensorflow/tfjs-core';
import { fail, ok, type Result } from '../../base/result.ts';
import { type Backend, type BackendOptions, openBackend } from './backend.ts';
import { groupMean } from './rows.ts';

/** Largest relative difference from the exact numbers that a float32 backend may show here. */
const tolerance = 1e-5;

/**
 * Tries a backend on numbers that are known: a padded, strided convolution, a long sum, large and tiny values. Errors: it does not
 * start, or answers other numbers, as WebGL on half-precision hardware does.
 */
export async function selfTest(options: BackendOptions): Promise<Result<void>> {
  const opened = await openBackend(options);
  if (!opened.ok) return opened;
  const backend = opened.value;
  try {
    for (const check of [checkConvolution, checkLongSum, checkRange]) {
      const result = await check(backend);
      if (!result.ok) return result;
    }
    return ok(undefined);
  } finally {
    backend.dispose();
  }
}

type Numbers = readonly number[];

async function compare(
  backend: Backend,
  what: string,
  make: () => ReturnType<typeof zeros>,
  expected: Numbers,
): Promise<Result<void>> {
  await backend.activate();
  const tensor = tidy(make);
  const answer = await backend.guard(tensor.data());
  tensor.dispose();
  if (!answer.ok) return answer;
  const scale = Math.max(...expected.map(Math.abs));
  const wrong = expected.findIndex(
    (value, index) => !(Math.abs((answer.value[index] as number) - value) <= tolerance * scale),
  );
  if (wrong < 0) return ok(undefined);
  return fail(
    `${what} answered ${answer.value[wrong]} where ${expected[wrong]} is right; this backend is not exact enough to train.`,
    what,
  );
}

/** 3x3, stride 2, padding 1 over x[i] = i + 1 on 4x4 pixels, all taps one. */
const checkConvolution = (backend: Backend) =>
  compare(
    backend,
    'A convolution',
    () => {
      const pixels = Float32Array.from({ length: 16 }, (_, index) => index + 1);
      const filter = tensor4d(new Float32Array(9).fill(1), [3, 3, 1, 1]);
      return conv2d(tensor4d(pixels, [1, 4, 4, 1]), filter, 2, 1);
    },
    [14, 30, 57, 99],
  );

/** The mean of 16,384 times 0.1. */
const checkLongSum = (backend: Backend) =>
  compare(
    backend,
    'A long sum',
    () => groupMean(tensor4d(new Float32Array(16_384).fill(0.1), [16, 32, 32, 1]), 1),
    [0.1],
  );

/** Values half precision cannot hold: 1e-7 would vanish and 1e5 overflow. */
const checkRange = async (backend: Backend) => {
  for (const value of [1e-7, 1e5, 1 + 2 ** -20]) {
    const result = await compare(
      backend,
      `The number ${value}`,
      () => conv2d(tensor4d([value], [1, 1, 1, 1]), tensor4d([1], [1, 1, 1, 1]), 1, 0),
      [Math.fround(value)],
    );
    if (!result.ok) return result;
  }
  return ok(undefined);
};
