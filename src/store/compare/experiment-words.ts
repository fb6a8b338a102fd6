import type { Experiment, FieldName } from '../../experiment/experiment.ts';
import { fieldNames, fields } from '../../experiment/fields.ts';
import { resolveCuts } from '../../network/cuts.ts';
import { meaningless } from '../meaning.ts';

/** Something in which runs differ, in short words for names and table headings. */
export interface Trait {
  readonly key: string;
  readonly title: string;
  /** Words for one experiment; empty where the trait means nothing there. */
  words(experiment: Experiment): string;
}

/** Number of modules K. Back-propagation has one, wherever its probes stand. */
export const modulesOf = (experiment: Experiment): number =>
  experiment.method === 'bp' ? 1 : resolveCuts(experiment).length;

const hosts = { bp: 'BP', greedy: 'greedy', dgl: 'DGL', infopro: 'InfoPro' } as const;

/** The method as the papers name it: "BP", "DGL + HiLo", "InfoPro (contrast) + HPFF". */
export function methodInWords(experiment: Experiment): string {
  const { method, hilo, pff, localLoss, wx, wy } = experiment;
  if (method === 'bp') return hosts.bp;
  const host = localLoss === 'contrast' && method !== 'greedy' ? `${hosts[method]} (contrast)` : hosts[method];
  const cascade = wx === 0 ? 'cascade only' : wy === 0 ? 'independent only' : undefined;
  const patched = pff !== 'none';
  if (!hilo) return patched ? `${host} + PFF` : host;
  if (cascade !== undefined) return `${host} + HiLo (${cascade})${patched ? ' + PFF' : ''}`;
  if (!patched) return `${host} + HiLo`;
  return `${host} + HPFF${pff === 'released' ? ' (released)' : ''}`;
}

/** "ResNet-32". */
export const networkInWords = ({ network }: Pick<Experiment, 'network'>): string =>
  network.replace('resnet', 'ResNet-');

/** Method, modules and network: what a run is called where nothing tells it from others. */
export function experimentInWords(experiment: Experiment): string {
  const cut = experiment.method === 'bp' ? '' : `, K = ${modulesOf(experiment)}`;
  return `${methodInWords(experiment)}, ${networkInWords(experiment)}${cut}`;
}

/** Fields that the method's words hold already. */
const ofMethod: readonly FieldName[] = ['method', 'hilo', 'pff', 'localLoss', 'window', 'bn'];

const traitOfField = (name: FieldName): Trait => ({
  key: name,
  title: fields[name].title,
  words(experiment) {
    if (meaningless(experiment, name) !== undefined) return '';
    const { title, symbol } = fields[name];
    const value = experiment[name];
    if (typeof value === 'boolean') return `${title.toLowerCase()} ${value ? 'on' : 'off'}`;
    const words = typeof value === 'object' ? value.join(', ') : String(value);
    if (name === 'schedule' || name === 'data') return words;
    return name === 'seed' || symbol === undefined ? `${title.toLowerCase()} ${words}` : `${symbol} ${words}`;
  },
});

const cutsTrait: Trait = {
  key: 'cuts',
  title: 'K',
  words: (experiment) => (experiment.method === 'bp' ? '' : `K = ${modulesOf(experiment)}`),
};

/** The same K cut elsewhere: told apart by the last blocks. */
const placesTrait: Trait = {
  key: 'places',
  title: 'Cuts',
  words: (experiment) =>
    experiment.method === 'bp'
      ? ''
      : `cut after ${resolveCuts(experiment)
          .slice(0, -1)
          .map(([stage, block]) => (stage === 0 ? 'the stem' : `${stage}.${block}`))
          .join(', ')}`,
};

/** All traits, the telling ones first. */
export const traits: readonly Trait[] = [
  { key: 'method', title: 'Method', words: methodInWords },
  cutsTrait,
  { key: 'network', title: 'Network', words: networkInWords },
  traitOfField('data'),
  ...fieldNames
    .filter((name) => !['network', 'cuts', 'data', 'seed', ...ofMethod].includes(name))
    .map((name) => traitOfField(name)),
  placesTrait,
  ...(['window', 'bn'] as const).map((name) => traitOfField(name)),
  traitOfField('seed'),
];

/** Traits of which the experiments that have them have different words. Where K differs, its places do so anyway and are left out. */
export function differingTraits(experiments: readonly Experiment[]): Trait[] {
  const differing = traits.filter(
    (trait) => new Set(experiments.map((one) => trait.words(one)).filter((words) => words !== '')).size > 1,
  );
  const sameModules = new Map<number, Set<string>>();
  for (const one of experiments) {
    if (one.method === 'bp') continue;
    const places = sameModules.get(modulesOf(one)) ?? new Set();
    sameModules.set(modulesOf(one), places.add(`${one.network} ${placesTrait.words(one)}`));
  }
  const networks = new Set(experiments.map((one) => one.network)).size;
  const recut = [...sameModules.values()].some((places) => places.size > networks);
  return differing.filter(
    ({ key }) =>
      (key !== 'places' || recut) &&
      // HiLo and its window come together; alone it is worth saying.
      (key !== 'window' || !explainedByMethod(experiments, (one) => one.window)) &&
      (key !== 'bn' || !explainedByMethod(experiments, (one) => one.bn)),
  );
}

/** Whether runs of one method all have one value: then the method's words tell it. */
function explainedByMethod(experiments: readonly Experiment[], value: (one: Experiment) => unknown): boolean {
  const seen = new Map<string, unknown>();
  return experiments.every((one) => {
    const method = methodInWords(one);
    if (seen.has(method)) return seen.get(method) === value(one);
    seen.set(method, value(one));
    return true;
  });
}
