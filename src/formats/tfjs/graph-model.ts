import { ok, type Result } from '../../base/result.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { type InferenceOptions, inferenceGraph } from '../inference/inference-graph.ts';
import { inputInWords } from '../inference/input-in-words.ts';
import type { TensorFile } from '../safetensors.ts';
import * as attribute from './attributes.ts';
import { GraphNodes, type GraphWeight } from './graph-nodes.ts';

const weightsName = 'group1-shard1of1.bin';

/**
 * The trained network as a TensorFlow.js GraphModel: `model.json` and its weights file. Input `input` float32 [batch,H,W,3], normalised;
 * output `logits` [batch,classes] and, with `earlyExits`, `module_I_NAME`. Errors as `inferenceGraph`.
 */
export function tfjsModel(
  experiment: Experiment,
  file: TensorFile,
  options: InferenceOptions,
): Result<ReadonlyMap<string, Uint8Array>> {
  const made = inferenceGraph(experiment, file, options);
  if (!made.ok) return made;
  const { nodes, input, outputs, configuration } = made.value;
  const inputShape = attribute.shape([-1, ...input.shape.slice(1)]);
  const lowered = new GraphNodes(made.value);
  for (const node of nodes) lowered.lower(node);
  const placeholder = {
    name: 'input',
    op: 'Placeholder',
    input: [],
    attr: { dtype: attribute.floats, shape: { shape: inputShape } },
  };
  const described = (name: string, tensorShape: attribute.Attribute) => ({
    name: `${name}:0`,
    dtype: 'DT_FLOAT',
    tensorShape,
  });
  const { mean, std } = configuration.format;
  const model = {
    format: 'graph-model',
    generatedBy: 'hpff-playground',
    convertedBy: null,
    userDefinedMetadata: { description: inputInWords(configuration, 'NHWC'), mean, std, experiment },
    signature: {
      inputs: { input: described('input', inputShape) },
      outputs: Object.fromEntries(
        outputs.map(({ name, value }) => [name, described(name, attribute.shape([-1, value.shape[1] as number]))]),
      ),
    },
    modelTopology: { node: [placeholder, ...lowered.nodes], versions: { producer: 27 } },
    weightsManifest: [
      {
        paths: [weightsName],
        weights: lowered.weights.map(({ name, shape, dtype }) => ({ name, shape, dtype })),
      },
    ],
  };
  const text = new TextEncoder().encode(JSON.stringify(model));
  return ok(
    new Map([
      ['model.json', text],
      [weightsName, joined(lowered.weights)],
    ]),
  );
}

/** The numbers of all weights, one after another. */
function joined(weights: readonly GraphWeight[]): Uint8Array {
  const bytes = new Uint8Array(weights.reduce((sum, { data }) => sum + data.byteLength, 0));
  let at = 0;
  for (const { data } of weights) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}
