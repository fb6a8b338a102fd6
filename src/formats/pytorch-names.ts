import type { StepGraph } from '../graph/graph.ts';
import type { Value } from '../graph/value.ts';
import type { StepConfiguration } from '../methods/configuration.ts';
import { moduleShapes } from '../network/network-shape.ts';

/** A persistent tensor of the training step under its PyTorch name. */
export interface NamedTensor {
  /** Name in files: `layer1.0.conv1.weight`, `can.1.decoder.patch.0.0.weight`. */
  readonly name: string;
  readonly value: Value;
  readonly kind: 'parameter' | 'statistic';
  /** Label of its velocity, for parameters. */
  readonly velocity?: string;
}

/**
 * All parameters and running statistics of a training graph under PyTorch's names (golden/README.md). Module numbers appear only
 * here: inside, tensors are keyed by block.
 */
export function pytorchNames(graph: StepGraph, configuration: StepConfiguration): NamedTensor[] {
  const moduleOfBlock = new Map(
    moduleShapes(configuration.network, configuration.cuts).map(({ last }, index) => [last, index]),
  );
  const named: NamedTensor[] = [];
  for (const value of graph.values) {
    const { role, label, part } = value;
    if (label.startsWith('probe.')) continue;
    if (role === 'parameter' && part !== undefined) {
      named.push({ name: pytorchName(label, moduleOfBlock), value, kind: 'parameter', velocity: `velocity.${label}` });
    } else if (role === 'state' && part !== undefined)
      named.push({ name: pytorchName(label, moduleOfBlock), value, kind: 'statistic' });
  }
  return named;
}

function pytorchName(label: string, moduleOfBlock: ReadonlyMap<string, number>): string {
  const [owner, ...rest] = label.split('.');
  switch (owner) {
    case 'stem':
    case 'head':
      return rest.join('.');
    case 'block': {
      const [stage, block, ...tensor] = rest;
      return `layer${stage}.${block}.${tensor.join('.')}`;
    }
    default: {
      // classifier.STAGE.BLOCK.PURPOSE.HEAD.LOSS.TENSOR or decoder.STAGE.BLOCK.PURPOSE.FORM.GRID.TENSOR
      const [stage, block, purpose, , , ...tensor] = rest;
      const module = moduleOfBlock.get(`${stage}.${block}`);
      return `${purpose === 'cascade' ? 'can' : 'ian'}.${module}.${owner}.${tensor.join('.')}`;
    }
  }
}
