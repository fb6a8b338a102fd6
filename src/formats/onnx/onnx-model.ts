import { create, toBinary } from '@bufbuild/protobuf';
import {
  GraphProtoSchema,
  ModelProtoSchema,
  TensorProto_DataType,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from 'onnx-buf';
import { ok, type Result } from '../../base/result.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { type InferenceOptions, inferenceGraph } from '../inference/inference-graph.ts';
import { inputInWords } from '../inference/input-in-words.ts';
import type { TensorFile } from '../safetensors.ts';
import { floatTensor, OnnxNodes } from './onnx-nodes.ts';

/** BatchNormalization is the newest operator used; its version is of opset 15, and readers of 17 are everywhere. */
const opset = 17n;
/** The format's version that came with opset 17. */
const formatVersion = 8n;

/**
 * The trained network as an ONNX model (opset 17): input `input` float32 [batch,3,H,W], normalised; output `logits` [batch,classes] and,
 * with `earlyExits`, `module_I_NAME` of every module's classifiers and probe. The batch is free. Errors as `inferenceGraph`.
 */
export function onnxModel(
  experiment: Experiment,
  file: TensorFile,
  options: InferenceOptions,
): Result<Uint8Array<ArrayBuffer>> {
  const made = inferenceGraph(experiment, file, options);
  if (!made.ok) return made;
  const { nodes, input, outputs, weights, configuration } = made.value;
  const lowered = new OnnxNodes(made.value);
  for (const node of nodes) lowered.lower(node);
  const [, height, width, channels] = input.shape as [number, number, number, number];
  const { mean, std } = configuration.format;
  const graph = create(GraphProtoSchema, {
    name: 'hpff',
    docString: inputInWords(configuration, 'NCHW'),
    node: lowered.nodes,
    input: [described('input', [channels, height, width])],
    output: outputs.map(({ name, value }) => described(name, [value.shape[1] as number])),
    initializer: [
      ...[...weights.values()].map(({ name, tensor }) =>
        floatTensor(name, tensor.shape, Float32Array.from(tensor.data)),
      ),
      ...lowered.constants,
    ],
  });
  const model = create(ModelProtoSchema, {
    irVersion: formatVersion,
    opsetImport: [{ domain: '', version: opset }],
    producerName: 'hpff-playground',
    docString: graph.docString,
    graph,
    metadataProps: [
      { key: 'mean', value: JSON.stringify(mean) },
      { key: 'std', value: JSON.stringify(std) },
      { key: 'step', value: file.metadata.step ?? '' },
      { key: 'experiment', value: JSON.stringify(experiment) },
    ],
  });
  return ok(toBinary(ModelProtoSchema, model));
}

/** A float32 tensor [batch, ...shape] by name. */
const described = (name: string, shape: readonly number[]): ValueInfoProto =>
  create(ValueInfoProtoSchema, {
    name,
    type: {
      value: {
        case: 'tensorType',
        value: {
          elemType: TensorProto_DataType.FLOAT,
          shape: {
            dim: [
              { value: { case: 'dimParam', value: 'batch' } },
              ...shape.map((size) => ({ value: { case: 'dimValue', value: BigInt(size) } as const })),
            ],
          },
        },
      },
    },
  });
