import { testBatchNormalisation } from '../../agreement/batch-normalisation.ts';
import { describeOnWebgpu, webgpuExecutor } from './test-support.ts';

// Kernels for a GPU meet barriers, which the software adapter is slow at.
for (const [tuning, runs] of [
  ['cpu', 12],
  ['gpu', 6],
] as const) {
  describeOnWebgpu(`${tuning} kernels`, () => {
    testBatchNormalisation(webgpuExecutor({ tuning }), runs);
  });
}
