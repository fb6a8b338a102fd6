import { valueIn } from '../../graph/graph.ts';
import type { Sample } from '../../graph/node.ts';
import type { ValueId } from '../../graph/value.ts';
import type { InferenceGraph, InferenceNode } from '../inference/inference-graph.ts';
import { fromPytorch } from '../layout.ts';
import * as attribute from './attributes.ts';

/** A node of a TensorFlow graph as model.json holds it. */
export interface GraphNodeJson {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, attribute.Attribute>>;
}

/** A constant of the graph; its numbers go into the weights file. */
export interface GraphWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
  readonly data: Float32Array | Int32Array;
}

/** Collects the nodes of a TensorFlow graph: NHWC as here, padding explicit, as PyTorch pads. */
export class GraphNodes {
  readonly nodes: GraphNodeJson[] = [];
  readonly weights: GraphWeight[] = [];
  private made = 0;

  constructor(private readonly graph: InferenceGraph) {
    for (const [id, { name, tensor }] of graph.weights) {
      const { shape } = valueIn(graph, id);
      this.constant(shape, fromPytorch(tensor.data, shape), name);
    }
  }

  /** The name of a value's node. */
  nameOf(id: ValueId): string {
    if (id === this.graph.input.id) return 'input';
    const output = this.graph.outputs.find(({ value }) => value.id === id);
    return output?.name ?? this.graph.weights.get(id)?.name ?? `value_${id}`;
  }

  /** Appends a node and answers its name: that of a value, or a new one. */
  add(op: string, input: readonly string[], attr: GraphNodeJson['attr'] = {}, value?: ValueId): string {
    const name = value === undefined ? `${op}_${this.made++}` : this.nameOf(value);
    this.nodes.push({ name, op, input, attr: { T: attribute.floats, ...attr } });
    return name;
  }

  /** Appends what one node of the network computes. */
  lower(node: InferenceNode): void {
    switch (node.kind) {
      case 'conv2d': {
        const { x, weights } = node.inputs;
        const { stride, padding, sample } = node.attributes;
        if (node.inputs.biases.length > 0) throw new Error('a biased convolution in an inference graph');
        const source = this.patches(x, sample);
        const padded = padding === 0 ? source : this.add('Pad', [source, this.paddings(padding)]);
        const attributes = {
          strides: attribute.list([1, stride, stride, 1]),
          dilations: attribute.list([1, 1, 1, 1]),
          padding: attribute.text('VALID'),
          data_format: attribute.text('NHWC'),
        };
        this.add('Conv2D', [padded, this.nameOf(weights[0] as ValueId)], attributes, node.outputs.y);
        return;
      }
      case 'normalise': {
        const { x, gammas, betas, mean, variance, residual } = node.inputs;
        const { epsilon, relu } = node.attributes;
        const y = node.outputs.y;
        const inputs = [x, ...gammas, ...betas, mean, variance].map((id) => this.nameOf(id));
        const attributes = {
          U: attribute.floats,
          epsilon: attribute.real(epsilon),
          is_training: attribute.flag(false),
          data_format: attribute.text('NHWC'),
        };
        let last = this.add('FusedBatchNormV3', inputs, attributes, residual === undefined && !relu ? y : undefined);
        if (residual !== undefined) last = this.add('AddV2', [last, this.nameOf(residual)], {}, relu ? undefined : y);
        if (relu) this.add('Relu', [last], {}, y);
        return;
      }
      case 'globalAveragePool': {
        const axes = this.constant([2], Int32Array.of(1, 2));
        const inputs = [this.patches(node.inputs.x, node.attributes.sample), axes];
        this.add('Mean', inputs, { keep_dims: attribute.flag(false), Tidx: attribute.integers }, node.outputs.y);
        return;
      }
      case 'linear': {
        const { x, weight, bias } = node.inputs;
        const { relu } = node.attributes;
        const flags = { transpose_a: attribute.flag(false), transpose_b: attribute.flag(false) };
        const product = this.add('MatMul', [this.nameOf(x), this.nameOf(weight)], flags);
        const sum = this.add('AddV2', [product, this.nameOf(bias)], {}, relu ? undefined : node.outputs.y);
        if (relu) this.add('Relu', [sum], {}, node.outputs.y);
        return;
      }
      case 'sumGroups': {
        const { x, accumulate } = node.inputs;
        const { groups, scale } = node.attributes;
        const [, width] = valueIn(this.graph, x).shape as [number, number];
        const shape = this.constant([3], Int32Array.of(groups, -1, width));
        const grouped = this.add('Reshape', [this.nameOf(x), shape], { Tshape: attribute.integers });
        const axis = this.constant([1], Int32Array.of(0));
        const sum = this.add('Sum', [grouped, axis], { keep_dims: attribute.flag(false), Tidx: attribute.integers });
        const factor = this.constant([], Float32Array.of(scale));
        const scaled = this.add('Mul', [sum, factor], {}, accumulate === undefined ? node.outputs.y : undefined);
        if (accumulate !== undefined) this.add('AddV2', [scaled, this.nameOf(accumulate)], {}, node.outputs.y);
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
      const begin = this.constant([4], Int32Array.of(0, top, left, 0));
      const size = this.constant([4], Int32Array.of(-1, height, width, -1));
      return this.add('Slice', [this.nameOf(x), begin, size], { Index: attribute.integers });
    });
    const axis = this.constant([], Int32Array.of(0));
    return this.add('ConcatV2', [...rows, axis], { N: attribute.integer(rows.length), Tidx: attribute.integers });
  }

  private paddings(padding: number): string {
    return this.constant([4, 2], Int32Array.of(0, 0, padding, padding, padding, padding, 0, 0));
  }

  private constant(
    shape: readonly number[],
    data: Float32Array | Int32Array,
    name = `constant_${this.made++}`,
  ): string {
    const dtype = data instanceof Float32Array ? 'float32' : 'int32';
    this.weights.push({ name, shape, dtype, data });
    const type = dtype === 'float32' ? attribute.floats : attribute.integers;
    this.nodes.push({ name, op: 'Const', input: [], attr: { dtype: type, value: attribute.constant(shape, dtype) } });
    return name;
  }
}
