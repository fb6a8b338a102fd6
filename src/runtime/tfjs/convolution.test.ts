import { wasmExecutor } from '../agreement/agreement.ts';
import { testConvolutions } from '../agreement/convolution.ts';

const executor = await wasmExecutor();
testConvolutions(async () => executor, 60);
