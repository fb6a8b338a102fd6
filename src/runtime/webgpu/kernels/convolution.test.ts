import { testConvolutions } from '../../agreement/convolution.ts';
import { describeOnWebgpu, webgpuExecutor } from './test-support.ts';

for (const [name, options, runs] of [
  ['processor, large tiles', { tuning: 'cpu', smallWork: 0 }, 8],
  ['processor, small tiles', { tuning: 'cpu' }, 6],
  // Its kernels meet barriers, which the software adapter is slow at.
  ['GPU', { tuning: 'gpu' }, 6],
] as const) {
  describeOnWebgpu(`kernels for a ${name}`, () => {
    testConvolutions(webgpuExecutor(options), runs);
  });
}
