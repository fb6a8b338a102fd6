import { wasmExecutor } from '../agreement/agreement.ts';
import { testAugmentation } from '../agreement/augmentation.ts';

const executor = await wasmExecutor();
testAugmentation(async () => executor, 40);
