import { wasmExecutor } from '../agreement/agreement.ts';
import { testLosses } from '../agreement/losses.ts';

const executor = await wasmExecutor();
testLosses(async () => executor, 40);
