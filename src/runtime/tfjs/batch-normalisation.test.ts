import { wasmExecutor } from '../agreement/agreement.ts';
import { testBatchNormalisation } from '../agreement/batch-normalisation.ts';

const executor = await wasmExecutor();
testBatchNormalisation(async () => executor, 60);
