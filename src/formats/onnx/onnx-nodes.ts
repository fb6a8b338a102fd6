import { create } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProto_DataType,
  TensorProtoSchema,
} from 'onnx-buf';
import { valueIn } from '../../graph/graph.ts';
import type { Sample } from '../../graph/node.ts';
import type { ValueId } from '../../graph/value.ts';
import type { InferenceGraph, InferenceNode } from '../inference/inference-graph.ts';

/** Collects an ONNX graph's nodes and constants; images are NCHW there, NHWC here. */
export class OnnxNodes {
  readonly nodes: NodeProto[] = [];
  readonly constants: TensorProto[] = [];
  private made = 0;

  constructor(private readonly graph: InferenceGraph) {}

  /** The ONNX name of a value: its weight's, its output's, or a number. */
  nameOf(id: ValueId): string {
    if (id === this.graph.input.id) return 'input';
    const output = this.graph.outputs.find(({ value }) => value.id === id);
    return output?.name ?? this.graph.weights.get(id)?.name ?? `value_${id}`;
  }

  /** Appends what one node of the network computes. */
  lower(node: InferenceNode): void {
    switch (node.kind) {
      case 'conv2d': {
        const { x, weights, biases } = node.inputs;
        const { stride, padding, sample } = node.attributes;
        const [kernel] = valueIn(this.graph, weights[0] as ValueId).shape as [number];
        const attributes = [
          integers('kernel_shape', [kernel, kernel]),
          integers('strides', [stride, stride]),
          integers('pads', [padding, padding, padding, padding]),
        ];
        const inputs = [this.patches(x, sample), ...[...weights, ...biases].map((id) => this.nameOf(id))];
        this.add('Conv', inputs, node.outputs.y, attributes);
        return;
      }
      case 'normalise': {
        const { x, gammas, betas, mean, variance, residual } = node.inputs;
        const { relu, epsilon } = node.attributes;
        const inputs = [x, ...gammas, ...betas, mean, variance].map((id) => this.nameOf(id));
        const y = node.outputs.y;
        const more = residual !== undefined || relu;
        let last = this.add('BatchNormalization', inputs, more ? undefined : y, [real('epsilon', epsilon)]);
        if (residual !== undefined) last = this.add('Add', [last, this.nameOf(residual)], relu ? undefined : y);
        if (relu) this.add('Relu', [last], y);
        return;
      }
      case 'globalAveragePool': {
        const pooled = this.add('GlobalAveragePool', [this.patches(node.inputs.x, node.attributes.sample)]);
        this.add('Flatten', [pooled], node.outputs.y, [integer('axis', 1)]);
        return;
      }
      case 'linear': {
        const { x, weight, bias } = node.inputs;
        const { relu } = node.attributes;
        const inputs = [x, weight, bias].map((id) => this.nameOf(id));
        const last = this.add('Gemm', inputs, relu ? undefined : node.outputs.y, [integer('transB', 1)]);
        if (relu) this.add('Relu', [last], node.outputs.y);
        return;
      }
      case 'sumGroups': {
        const { x, accumulate } = node.inputs;
        const { groups, scale } = node.attributes;
        const [, width] = valueIn(this.graph, x).shape as [number, number];
        const grouped = this.add('Reshape', [this.nameOf(x), this.constant([groups, -1, width])]);
        const sum = this.add('ReduceSum', [grouped, this.constant([0])], undefined, [integer('keepdims', 0)]);
        const inputs = [sum, this.constant(Float32Array.of(scale))];
        const scaled = this.add('Mul', inputs, accumulate === undefined ? node.outputs.y : undefined);
        if (accumulate !== undefined) this.add('Add', [scaled, this.nameOf(accumulate)], node.outputs.y);
      }
    }
  }

  /** The patches of a sample stacked along the batch, or the map itself. Classifiers never resize a patch. */
  private patches(x: ValueId, sample: Sample | undefined): string {
    if (sample === undefined) return this.nameOf(x);
    const { grid, first, count, height, width } = sample;
    const rows = Array.from({ length: count }, (_, index) => {
      const top = Math.floor((first + index) / grid) * height;
      const left = ((first + index) % grid) * width;
      const bounds = [this.constant([top, left]), this.constant([top + height, left + width]), this.constant([2, 3])];
      return this.add('Slice', [this.nameOf(x), ...bounds]);
    });
    return this.add('Concat', rows, undefined, [integer('axis', 0)]);
  }

  /** Appends a node and answers the name of its output: that of a value, or a new one. */
  private add(type: string, inputs: readonly string[], value?: ValueId, attributes: AttributeProto[] = []): string {
    const output = value === undefined ? `${type}_${this.made++}` : this.nameOf(value);
    const name = `${type}_of_${output}`;
    this.nodes.push(
      create(NodeProtoSchema, { opType: type, name, input: [...inputs], output: [output], attribute: attributes }),
    );
    return output;
  }

  /** A constant: int64 of a list, float32 of a typed array. */
  private constant(data: readonly number[] | Float32Array): string {
    const name = `constant_${this.made++}`;
    const tensor =
      data instanceof Float32Array
        ? floatTensor(name, [data.length], data)
        : create(TensorProtoSchema, {
            name,
            dataType: TensorProto_DataType.INT64,
            dims: [BigInt(data.length)],
            rawData: new Uint8Array(BigInt64Array.from(data, BigInt).buffer),
          });
    this.constants.push(tensor);
    return name;
  }
}

/** A float32 tensor, raw little-endian. */
export const floatTensor = (name: string, shape: readonly number[], data: Float32Array): TensorProto =>
  create(TensorProtoSchema, {
    name,
    dataType: TensorProto_DataType.FLOAT,
    dims: shape.map(BigInt),
    rawData: new Uint8Array(data.slice().buffer),
  });

const integer = (name: string, value: number): AttributeProto =>
  create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.INT, i: BigInt(value) });

const integers = (name: string, values: readonly number[]): AttributeProto =>
  create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.INTS, ints: values.map(BigInt) });

const real = (name: string, value: number): AttributeProto =>
  create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.FLOAT, f: value });
