import type { StepConfiguration } from '../../methods/configuration.ts';
import { type LossScalars, termWeights } from '../../methods/loss-weights.ts';
import type { Term } from '../../methods/terms.ts';

/** A loss term in words, long and short. */
export interface TermWords {
  readonly purpose: Term['purpose'];
  /** Modules its gradient reaches. */
  readonly from: number;
  readonly to: number;
  /** `0c2f`, or `head` at the last module. */
  readonly network: string;
  readonly loss: string;
  /** Such as "4 decoders, 2x2 patches"; undefined without one. */
  readonly decoder: string | undefined;
  /** Patches of the classifier; undefined where it sees whole features. */
  readonly patches: string | undefined;
  /** Patches along a side of what the decoder or classifier sees; 1 without PFF. */
  readonly grid: number;
  readonly task: number;
  readonly reconstruction: number;
}

/** What one term of a configuration is made of, and how much it weighs. */
export function describeTerm(configuration: StepConfiguration, scalars: LossScalars, term: Term): TermWords {
  const { aux, localLoss, pff, patches, cuts } = configuration;
  const auxiliary = term.module < cuts.length - 1;
  const grid = `${patches}\u00d7${patches} patches`;
  const decoders = pff === 'released' ? `${patches ** 2} decoders, ${grid}` : `shared decoder, ${grid}`;
  return {
    purpose: term.purpose,
    from: Math.max(0, term.module - term.window + 1),
    to: term.module,
    network: auxiliary ? aux.name : 'head',
    loss: auxiliary && localLoss === 'contrast' ? 'contrast' : 'cross-entropy',
    decoder: term.reconstruct ? (pff === 'none' ? 'decoder' : decoders) : undefined,
    grid: pff === 'none' ? 1 : patches,
    patches: auxiliary && pff === 'paper' ? grid : undefined,
    ...termWeights(configuration, scalars, term),
  };
}

/** One line for a box: "cascade 0c2f + 4 decoders". */
export function termInBrief({ purpose, network, decoder, patches }: TermWords): string {
  const first = purpose === 'local' ? network : `${purpose} ${network}`;
  const parts = decoder === undefined ? patches : decoder.split(',')[0];
  return parts === undefined ? first : `${first} + ${parts}`;
}
