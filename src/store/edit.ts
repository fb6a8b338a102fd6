import { fail, ok, type Result } from '../base/result.ts';
import { dataSets } from '../experiment/data-sets.ts';
import type { Experiment, FieldName } from '../experiment/experiment.ts';
import { blocksPerStage } from '../experiment/networks.ts';
import { checkField, parseExperiment, problemOfCuts } from '../experiment/schema.ts';
import { resolveCuts } from '../network/cuts.ts';
import { releasedStatistics } from './meaning.ts';
import { movedCuts } from './recut.ts';

export type Change = Partial<Experiment>;

/** An experiment after an edit, and what had to change along with it, a sentence each. */
export interface Edited {
  readonly experiment: Experiment;
  readonly alsoChanged: readonly string[];
}

/** Mends one thing that a change made impossible; undefined where nothing is to mend. */
type Repair = (now: Experiment, change: Change, before: Experiment) => { change: Change; sentence: string } | undefined;

/** In this order: each may rely on what those before it mended. A field that was edited itself is never overruled. */
const repairs: readonly Repair[] = [
  function resolutionOfData(now, change, before) {
    const { resolution, title } = dataSets[now.data];
    if (now.data === before.data || change.resolution !== undefined || now.resolution === resolution) return undefined;
    return { change: { resolution }, sentence: `Resolution became ${resolution}, that of ${title}.` };
  },
  function validationOfData(now, change, before) {
    const { validation, title } = dataSets[now.data];
    if (now.data === before.data || change.validation !== undefined || now.validation === validation) return undefined;
    const why = validation === 0 ? `${title} has a test part of its own` : `${title} have no official test part`;
    return { change: { validation }, sentence: `Validation part became ${validation * 100} %: ${why}.` };
  },
  function cutsOfNetwork(now, change, before) {
    if (change.network === undefined || change.cuts !== undefined) return undefined;
    const blocks = blocksPerStage[now.network] * 3;
    if (typeof now.cuts === 'string') {
      // Twin of the schema's check: the papers' "16" on ResNet-32 is every block.
      if (
        now.cuts === 'all' ||
        Number(now.cuts.slice(1)) <= blocks ||
        (now.cuts === 'k16' && now.network === 'resnet32')
      ) {
        return undefined;
      }
      return {
        change: { cuts: 'all' },
        sentence: `Cuts became "all": ${now.network} has ${blocks} blocks, too few for ${now.cuts}.`,
      };
    }
    if (problemOfCuts(now.cuts, blocksPerStage[now.network]) === undefined) return undefined;
    const cuts = movedCuts(now.cuts, before.network, now.network);
    const modules = resolveCuts({ network: now.network, cuts }).length;
    return { change: { cuts }, sentence: `Cuts moved to the nearest blocks of ${now.network}, K = ${modules}.` };
  },
  function windowOfHilo(now, change, before) {
    if (change.hilo === undefined || change.hilo === before.hilo || change.window !== undefined) return undefined;
    if (now.hilo && now.window === 1 && modulesOf(now) > 1) {
      return { change: { window: 2 }, sentence: 'Window became 2: a cascade of HiLo reaches two modules.' };
    }
    if (!now.hilo && now.window === 2) {
      return { change: { window: 1 }, sentence: 'Window became 1: without HiLo every loss stays in its module.' };
    }
    return undefined;
  },
  function windowOfModules(now, change) {
    const modules = modulesOf(now);
    if (now.method === 'bp' || now.window <= modules || change.window !== undefined) return undefined;
    return { change: { window: modules }, sentence: `Window became ${modules}: there are no more modules.` };
  },
  function patchesAtOnce(now, change) {
    if (now.patchesAtOnce === 'all' || now.patches ** 2 % now.patchesAtOnce === 0) return undefined;
    if (change.patchesAtOnce !== undefined) return undefined;
    return {
      change: { patchesAtOnce: 'all' },
      sentence: `Patches at once became "all": ${now.patchesAtOnce} does not divide ${now.patches ** 2} patches.`,
    };
  },
  function runningStatistics(now, change) {
    if (now.bn !== 'released' || releasedStatistics(now) || change.bn !== undefined) return undefined;
    return {
      change: { bn: 'once' },
      sentence: 'Running statistics became "once": what the released code does has no meaning here.',
    };
  },
  function batchOfImages(now, change) {
    if (now.trainSize === 'all' || now.batch <= now.trainSize || change.batch !== undefined) return undefined;
    return {
      change: { batch: now.trainSize },
      sentence: `Batch size became ${now.trainSize}: there are no more training images.`,
    };
  },
];

/**
 * Applies a change to a possible experiment and changes along what it makes impossible elsewhere.
 *
 * @returns the experiment, again possible, or why the change itself is not, `where` naming the field
 */
export function edit(before: Experiment, change: Change): Result<Edited> {
  for (const name of Object.keys(change) as FieldName[]) {
    const checked = checkField(name, change[name]);
    if (!checked.ok) return checked;
  }
  if (change.batch !== undefined && change.trainSize === undefined && tooLarge(change.batch, before.trainSize)) {
    return fail(`batch = ${change.batch} is more than the ${before.trainSize} training images.`, 'batch');
  }
  let now: Experiment = { ...before, ...change };
  const alsoChanged: string[] = [];
  for (const repair of repairs) {
    const mended = repair(now, change, before);
    if (mended === undefined) continue;
    now = { ...now, ...mended.change };
    alsoChanged.push(mended.sentence);
  }
  const parsed = parseExperiment(now);
  return parsed.ok ? ok({ experiment: parsed.value, alsoChanged }) : parsed;
}

const modulesOf = (experiment: Experiment): number => resolveCuts(experiment).length;

const tooLarge = (batch: number, trainSize: Experiment['trainSize']): boolean =>
  trainSize !== 'all' && batch > trainSize;
