import type { Experiment } from '../../experiment/experiment.ts';
import { presetExperiment } from '../../experiment/presets.ts';
import type { ModulePlan, Preview } from '../../methods/preview.ts';
import type { Change } from '../../store/edit.ts';
import { formatBytes } from '../look/format.ts';

/** The roles of memory that a module's bar is made of, bottom to top. */
export const roles = [
  { key: 'parameterBytes', name: 'parameters' },
  { key: 'optimiserBytes', name: 'optimiser' },
  { key: 'activationBytes', name: 'activations' },
  { key: 'gradientBytes', name: 'gradients' },
  { key: 'workspaceBytes', name: 'workspace' },
] as const satisfies readonly { key: keyof ModulePlan; name: string }[];

/** Bytes of one module over all roles; its roles peak at different times, so the sum is above what it ever holds. */
export const moduleBytes = (plan: ModulePlan): number => roles.reduce((sum, { key }) => sum + plan[key], 0);

/** Roles of several rows together, such as all of back-propagation's. */
export function sumOf(plans: readonly ModulePlan[]): ModulePlan {
  const sum = (role: (typeof roles)[number]['key']) => plans.reduce((total, plan) => total + plan[role], 0);
  return {
    name: plans.map(({ name }) => name).join(', '),
    parameterBytes: sum('parameterBytes'),
    optimiserBytes: sum('optimiserBytes'),
    activationBytes: sum('activationBytes'),
    gradientBytes: sum('gradientBytes'),
    workspaceBytes: sum('workspaceBytes'),
    multiplyAdds: plans.reduce((total, plan) => total + plan.multiplyAdds, 0),
  };
}

/** The chart of memory by module in words: which module needs most, and of what. */
export function planInWords(plans: readonly ModulePlan[]): string {
  const [first, ...others] = plans;
  if (first === undefined) return 'Memory by module: not planned yet.';
  const most = others.reduce(
    (best, plan) => (plan.name.startsWith('module') && moduleBytes(plan) > moduleBytes(best) ? plan : best),
    first,
  );
  const parts = roles.map(({ key, name }) => `${name} ${formatBytes(most[key])}`).join(', ');
  return `Memory by module: ${most.name} has the highest roles, ${parts}.`;
}

/** The same as CSV: a row a module, bytes. */
export const planCsv = (plans: readonly ModulePlan[]): string[] => [
  `${['module', ...roles.map(({ name }) => `${name} bytes`)].join(',')}\n`,
  ...plans.map((plan) => `"${plan.name}",${roles.map(({ key }) => plan[key]).join(',')}\n`),
];

/** Why the peak measured on an executor is above the plan's; undefined where the plan is kept to. */
export const measuredInWords = (executor: string): string | undefined =>
  executor.startsWith('tfjs')
    ? `Measured on ${executor}, whose operations make tensors of their own on the way, beside the plan. The webgpu executor holds what is planned, and the probes.`
    : undefined;

/** How a plan stands to back-propagation's. */
export type Verdict = 'is-bp' | 'saves' | 'equal' | 'more';

export function verdictOf(
  experiment: Pick<Experiment, 'method'>,
  { peakBytes, bpPeakBytes, modules }: Preview,
): Verdict {
  // One module (and the shared row) under a local method is back-propagation by another name.
  if (experiment.method === 'bp' || modules.length <= 2) return 'is-bp';
  const times = peakBytes / bpPeakBytes;
  if (times < 0.995) return 'saves';
  return times < 1.005 ? 'equal' : 'more';
}

/** The preset whose network, cuts and method save memory where small ones do not. */
export const savingPreset = 'hpff-paper/resnet20-all';

const keptFields = [
  'batch',
  'learningRate',
  'momentum',
  'nesterov',
  'weightDecay',
  'schedule',
  'warmup',
  'epochs',
  'seed',
  'data',
  'trainSize',
  'testSize',
  'evaluateEvery',
  'augment',
  'probes',
  'widths',
] as const satisfies readonly (keyof Experiment)[];

/** Network, cuts and method of a preset, without its data, batch and schedule. */
export function methodOf(presetName: string): Change {
  const preset = presetExperiment(presetName);
  if (!preset.ok) throw new Error(preset.error.message);
  const change: { -readonly [Key in keyof Experiment]?: Experiment[Key] } = { ...preset.value };
  for (const name of keptFields) delete change[name];
  return change;
}
