import { programBytes } from '../graph/allocation.ts';
import { GraphBuilder } from '../graph/builder.ts';
import type { StepGraph } from '../graph/graph.ts';
import { planGraph } from '../graph/memory-plan.ts';
import { alignedBytes, valueBytes } from '../graph/value.ts';
import type { ModuleShape } from '../network/network-shape.ts';
import { headForward } from '../network/resnet.ts';
import { declareBackbone, moduleForward } from './backbone.ts';
import { classifierForward, declareClassifier } from './classifier.ts';
import type { StepConfiguration } from './configuration.ts';
import { declareDecoder, decoderLogits } from './decoder.ts';
import { decoderGrid } from './patches.ts';
import { probeLogits } from './probe.ts';
import { type Purpose, termsOf } from './terms.ts';

/** A classifier that answers early: what its logits [B,classes] are called, and those of its patches [groups*B,classes], row-major. */
export interface ExitValues {
  readonly kind: Purpose | 'probe' | 'head';
  readonly module: number;
  readonly logits: string;
  readonly patches: readonly string[];
}

/** Decoder logits of a module: pieces [groups*B,side,side,3] of a grid of patches, row-major. */
export interface ReconstructionValues {
  readonly purpose: Purpose;
  readonly module: number;
  readonly grid: number;
  readonly side: number;
  readonly pieces: readonly { readonly label: string; readonly first: number; readonly groups: number }[];
}

/** A graph to look into the network with: it reads parameters and running statistics, and changes nothing that outlives it. */
export interface InsightGraph {
  readonly graph: StepGraph;
  readonly exits: readonly ExitValues[];
  readonly reconstructions: readonly ReconstructionValues[];
  /** Output [B,H,W,C] of the block asked for; undefined where the network has no such block. */
  readonly activations: { readonly label: string; readonly shape: readonly number[] } | undefined;
}

/**
 * What every module makes of `batch` images, with running statistics: answers of its classifiers and probe, patch by patch where it cuts
 * patches, reconstructions of its decoders, and the output of one block (its key, or `stem`).
 */
export function buildInsightGraph(configuration: StepConfiguration, batch: number, block: string): InsightGraph {
  const looked: StepConfiguration = { ...configuration, batch };
  const builder = new GraphBuilder();
  const backbone = declareBackbone(builder, looked);
  const mode = { kind: 'evaluate' } as const;
  const exits: ExitValues[] = [];
  const reconstructions: ReconstructionValues[] = [];
  let activations: InsightGraph['activations'];
  const expose = (id: number, label: string): string => {
    builder.expose(id, label);
    return label;
  };
  const last = backbone.modules.length - 1;
  const terms = termsOf(looked);
  let h = backbone.image;
  backbone.modules.forEach((module: ModuleShape, index) => {
    h = moduleForward(builder, backbone, index, h, { stem: mode, blocks: mode }, (key, output) => {
      if (key === block) activations = { label: expose(output, 'look.activations'), shape: builder.shape(output) };
    });
    for (const { purpose, reconstruct } of index === last ? [] : terms.filter((term) => term.module === index)) {
      builder.within({ module: index, owner: `auxiliary.${module.last}.${purpose}` }, () => {
        const label = `look.${module.last}.${purpose}`;
        if (looked.localLoss === 'cross_entropy') {
          const range = declareClassifier(builder, looked, module, index, purpose);
          const patches: string[] = [];
          const logits = classifierForward(builder, looked, module, range, h, mode, (output, { sample, first }) => {
            if (sample !== undefined) patches.push(expose(output, `${label}.patch.${first}`));
          });
          exits.push({ kind: purpose, module: index, logits: expose(logits, `${label}.logits`), patches });
        }
        if (!reconstruct) return;
        const range = declareDecoder(builder, looked, module, index, purpose);
        const grid = decoderGrid(looked);
        const pieces = decoderLogits(builder, looked, range, h).map(({ logits, first, groups }) => ({
          label: expose(logits, `${label}.image.${first}`),
          first,
          groups,
        }));
        const side = Math.floor(looked.network.imageSize / grid);
        reconstructions.push({ purpose, module: index, grid, side, pieces });
      });
    }
    if (looked.probes) {
      const logits = probeLogits(builder, looked, module, h);
      exits.push({ kind: 'probe', module: index, logits: expose(logits, `look.${module.last}.probe`), patches: [] });
    }
  });
  builder.within({ module: last, owner: 'head' }, () => {
    const logits = headForward(builder, h, backbone.head, 'look.head');
    builder.expose(logits, 'look.head');
  });
  exits.push({ kind: 'head', module: last, logits: 'look.head', patches: [] });
  return { graph: builder.build('evaluate', batch), exits, reconstructions, activations };
}

/** Bytes that a look of `batch` images takes while it lasts, beside what the run holds: arena, readable values, batch. */
export function insightBytes(configuration: StepConfiguration, batch: number, block: string): number {
  const { graph } = buildInsightGraph(configuration, batch, block);
  const { metrics, slots, scalars } = programBytes(graph);
  const inputs = graph.values
    .filter(({ role }) => role === 'input')
    .reduce((sum, value) => sum + alignedBytes(valueBytes(value)), 0);
  return planGraph(graph).arenaBytes + metrics + slots + scalars + inputs;
}
