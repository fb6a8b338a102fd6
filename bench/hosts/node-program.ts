import { type Output, runCommand } from '../../src/cli/command.ts';
import { adapterName } from '../../src/runtime/gpu/device.ts';
import { installNodeWebgpu } from '../../src/runtime/gpu/node-webgpu.ts';
import { measureJavascript } from '../cases/javascript.ts';
import { measureMemory } from '../cases/memory.ts';
import { measureNodes } from '../cases/nodes.ts';
import { measurePlan } from '../cases/plan.ts';
import { measurePortable, type Watch } from '../cases/portable.ts';
import { measureQuick } from '../cases/quick.ts';
import { countGpu } from '../gpu-count.ts';
import type { EngineName, Finding } from '../measurement.ts';
import type { Order } from './order.ts';

/** tfjs finds its .wasm files itself on Node. */
const surroundings = { wasmPaths: undefined };

const onGpu: readonly EngineName[] = ['webgpu', 'stock-tfjs-webgpu', 'jax-webgpu'];

/**
 * One measurement on Node, in a process of its own: an order comes as JSON in the first argument, findings go out as JSON. Without an
 * order it says which adapter Dawn finds with the driver of VK_ICD_FILENAMES, or null.
 */
await runCommand(async ([order], output) => {
  output.line(
    JSON.stringify(order === undefined ? await findAdapter() : await obey(JSON.parse(order) as Order, output)),
  );
  return 0;
});

async function findAdapter(): Promise<string | null> {
  const icd = process.env.VK_ICD_FILENAMES;
  const installed = await installNodeWebgpu(icd === undefined ? {} : { icd });
  if (!installed.ok) return null;
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  return adapter === null ? null : adapterName(adapter.info);
}

async function obey({ measurement, icd, data }: Order, output: Output): Promise<Finding[]> {
  const { subject, engine } = measurement;
  const { kind } = subject;
  if (engine === 'stock-tfjs-webgl') throw new Error('WebGL needs a browser');
  if (onGpu.includes(engine)) {
    // Only buffers and JavaScript are looked at there.
    const flags = kind === 'javascript' || kind === 'memory' ? ['backend=null'] : [];
    const installed = await installNodeWebgpu({ flags, ...(icd === undefined ? {} : { icd }) });
    if (!installed.ok) throw new Error(installed.error.message);
    // jax-js asks which browser it is in.
    Object.assign(navigator, { userAgent: 'Node' });
  }
  const watch: Watch = { gpu: countGpu(), note: output.note };
  switch (subject.kind) {
    case 'javascript':
      return measureJavascript(measurement, subject, surroundings, watch);
    case 'memory':
      return measureMemory(measurement, subject, surroundings, watch);
    case 'plan':
      return measurePlan(measurement, subject);
    case 'nodes':
      return measureNodes(measurement, subject);
    case 'quick':
      return measureQuick(measurement, subject);
    case 'shuffled':
      // Reads data sets of every kind, for which not every place has the decoders.
      return (await import('../cases/shuffled.ts')).measureShuffled(measurement, subject, data);
    case 'step':
    case 'matmul':
    case 'convolutions':
    case 'steady':
      return measurePortable(measurement, surroundings, watch);
    case 'latency':
      throw new Error('frames need a browser');
  }
}
