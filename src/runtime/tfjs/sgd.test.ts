import { wasmExecutor } from '../agreement/agreement.ts';
import { testSgd } from '../agreement/sgd.ts';

const executor = await wasmExecutor();
testSgd(async () => executor, 20);
