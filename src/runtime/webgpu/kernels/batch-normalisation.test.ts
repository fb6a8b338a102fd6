import { testBatchNormalisation } from '../../agreement/batch-normalisation.ts';
import { describeOnWebgpu, webgpuExecutor } from './test-support.ts';

for (const [name, options, runs] of [
  ['processor', { tuning: 'cpu' }, 12],
  // Its kernels meet barriers, which the software adapter is slow at.
  ['GPU', { tuning: 'gpu' }, 6],
] as const) {
  describeOnWebgpu(`kernels for a ${name}`, () => {
    testBatchNormalisation(webgpuExecutor(options), runs);
  });
}
