import { wasmExecutor } from '../agreement/agreement.ts';
import { testHeads } from '../agreement/heads.ts';

const executor = await wasmExecutor();
testHeads(async () => executor, 40);
