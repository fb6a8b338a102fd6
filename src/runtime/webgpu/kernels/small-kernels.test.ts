import { testAugmentation } from '../../agreement/augmentation.ts';
import { testHeads } from '../../agreement/heads.ts';
import { testLosses } from '../../agreement/losses.ts';
import { testSgd } from '../../agreement/sgd.ts';
import { describeOnWebgpu, webgpuExecutor } from './test-support.ts';

describeOnWebgpu('kernels that no tuning changes', () => {
  const open = webgpuExecutor();
  // Each of its operations rounds, and WGSL's division by up to 2.5 units of the last place.
  testAugmentation(open, 12);
  testHeads(open, 12);
  testLosses(open, 12);
  testSgd(open, 12);
});
