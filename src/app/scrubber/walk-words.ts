import type { StepWalk, WalkGroup } from '../../methods/step-walk.ts';

const moduleName = (module: number): string => `module ${module}`;

const networkName = (of: 'auxiliary' | 'head', purpose: string | undefined, module: number): string => {
  if (of === 'head') return 'head';
  return `${purpose === undefined || purpose === 'local' ? '' : `${purpose} `}auxiliary network of ${moduleName(module)}`;
};

/** What one group of nodes does, as a sentence. */
export function sentenceOf({ deed, module }: WalkGroup, modules: number): string {
  switch (deed.kind) {
    case 'input':
      return 'The batch is cropped, flipped and normalised: the input of the network.';
    case 'forward':
      return module === modules - 1
        ? `Features go forward through ${moduleName(module)}. What its way back needs is kept.`
        : `Features go forward through ${moduleName(module)} to the border with ${moduleName(module + 1)}. What its way back needs is kept.`;
    case 'loss':
      return `The ${networkName(deed.of, deed.purpose, module)} goes forward to its loss.`;
    case 'lossPullback':
      return `The loss of the ${networkName(deed.of, deed.purpose, module)} is pulled back to the features, for its own parameters on the way.`;
    case 'pullback': {
      if (deed.parameters && deed.crosses)
        return `${capital(moduleName(module))} is pulled back: its parameters get gradients, and the gradient goes on over the border to ${moduleName(module - 1)}.`;
      if (deed.parameters)
        return `All that reached ${moduleName(module)} is pulled through it once: its parameters get gradients. Nothing crosses a border.`;
      return `The gradient is pulled through the inputs of ${moduleName(module)}, back over the border to ${moduleName(module - 1)}. Its parameters wait.`;
    }
    case 'update': {
      const what = deed.of === 'module' ? moduleName(module) : networkName(deed.of, undefined, module);
      return `Parameters of ${deed.of === 'module' ? what : `the ${what}`} are updated.`;
    }
  }
}

/** Which way things go: to the head, to the stem, or nowhere. */
export const directionOf = ({ deed }: WalkGroup): 'forward' | 'back' | 'still' =>
  deed.kind === 'forward' || deed.kind === 'loss'
    ? 'forward'
    : deed.kind === 'pullback' || deed.kind === 'lossPullback'
      ? 'back'
      : 'still';

/** The module on the far side of the border that a group crosses; undefined where it crosses none. */
export const reachedOver = ({ deed, module }: WalkGroup): number | undefined =>
  deed.kind === 'pullback' && deed.crosses ? module - 1 : undefined;

/** Whether a module has a part in a group: it is at work, or reached over its border. Undefined without a group, or where the input is made. */
export function activeIn(module: number, group: WalkGroup | undefined): boolean | undefined {
  if (group === undefined || group.module < 0) return undefined;
  return module === group.module || module === reachedOver(group);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const sum = (bytes: readonly number[]): number => bytes.reduce((total, part) => total + part, 0);

/** Points of the outline of held bytes, group after group, in a box of 1,000 by 100. */
export function outline({ groups, peakBytes }: StepWalk): string {
  const width = 1000 / Math.max(1, groups.length);
  const height = (bytes: number) => (100 - (bytes / Math.max(1, peakBytes)) * 100).toFixed(1);
  const points = groups.flatMap(({ peakBytes: peak, heldBytes }, index) => [
    `${(index * width).toFixed(1)},${height(peak)}`,
    `${((index + 0.6) * width).toFixed(1)},${height(peak)}`,
    `${((index + 0.6) * width).toFixed(1)},${height(sum(heldBytes))}`,
    `${((index + 1) * width).toFixed(1)},${height(sum(heldBytes))}`,
  ]);
  return ['0,100', ...points, '1000,100'].join(' ');
}
