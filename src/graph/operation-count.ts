import type { StepGraph } from './graph.ts';
import type { GraphNode } from './node.ts';
import { elements, type Value, type ValueId } from './value.ts';

/** Multiply-adds of one node: convolutions and linear layers, zero padding included; 0 for other kinds. */
export function multiplyAdds(graph: StepGraph, node: GraphNode): number {
  const shape = (id: ValueId) => (graph.values[id] as Value).shape;
  switch (node.kind) {
    case 'conv2d':
      return convolution(shape(node.outputs.y), shape(node.inputs.weights[0] as ValueId));
    case 'conv2dInputGradient':
      return convolution(shape(node.inputs.dy), shape(node.inputs.weights[0] as ValueId));
    case 'conv2dParameterGradient':
      return convolution(shape(node.inputs.dy), shape(node.outputs.dweights[0] as ValueId));
    case 'linear':
      return elements(shape(node.inputs.x)) * (shape(node.inputs.weight)[1] as number);
    case 'linearInputGradient':
      return elements(shape(node.inputs.dy)) * (shape(node.inputs.weight)[0] as number);
    case 'linearParameterGradient':
      return elements(shape(node.inputs.x)) * (shape(node.inputs.dy)[1] as number);
    default:
      return 0;
  }
}

/** `output` [N,H',W',C'] of weights [k,k,C,C']: every output element reads k*k*C inputs. */
function convolution(output: readonly number[], weights: readonly number[]): number {
  const [rows, columns, channels] = weights as [number, number, number];
  return elements(output) * rows * columns * channels;
}
