import { expectOk } from '../../src/base/result.ts';
import type { StepGraph } from '../../src/graph/graph.ts';
import { multiplyAdds } from '../../src/graph/operation-count.ts';
import type { Executor } from '../../src/runtime/executor.ts';
import { openDevice } from '../../src/runtime/gpu/device.ts';
import { createWebgpuExecutor } from '../../src/runtime/webgpu/executor.ts';
import { convolutionGraph, matmulGraph } from '../peers/convolutions.ts';
import type { Engine, Prepared } from './engine.ts';
import { prepareTraining } from './training-run.ts';

/** This project's executor on WebGPU. */
export async function openOwnWebgpu(): Promise<Engine> {
  const { device, info } = expectOk(await openDevice({}));
  const executor = expectOk(await createWebgpuExecutor({ device, adapterInfo: info }));
  return {
    step: (experiment) => prepareTraining(executor, experiment),
    matmul: (size) => prepareGraph(executor, device, matmulGraph(size)),
    convolution: (convolution, direction) => prepareGraph(executor, device, convolutionGraph(convolution, direction)),
  };
}

/** A graph of one node, run until the device is done. */
async function prepareGraph(executor: Executor, device: GPUDevice, graph: StepGraph): Promise<Prepared> {
  const program = expectOk(await executor.compile(graph));
  const stored = graph.values.filter(({ role }) => role === 'state').map(({ label }) => label);
  const batch = { images: new Uint8Array(), labels: new Int32Array(), crops: new Int32Array() };
  return {
    async run() {
      expectOk(await program.run({}, batch));
      await device.queue.onSubmittedWorkDone();
      return undefined;
    },
    warmUp: 2,
    multiplyAdds: graph.nodes.reduce((sum, node) => sum + multiplyAdds(graph, node), 0),
    images: undefined,
    plannedBytes: undefined,
    remarks: [],
    dispose() {
      program.dispose();
      executor.drop(stored);
    },
  };
}
