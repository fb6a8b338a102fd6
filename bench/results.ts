import { barsOf } from './bars.ts';
import { type Finding, rowOf, type Subject } from './measurement.ts';
import { barTable, rowTable } from './table.ts';

/** What a run found, by what was measured. */
export type Found = readonly { readonly kind: Subject['kind']; readonly findings: readonly Finding[] }[];

const titles: Readonly<Record<Subject['kind'], string>> = {
  step: 'Training steps',
  convolutions: 'Convolutions of ResNet-32 alone, batch 32',
  matmul: 'Matrix product',
  javascript: 'JavaScript of a training step',
  memory: 'Memory of training and evaluation',
  steady: 'Many steps',
  latency: 'From a key press to the next frame',
  nodes: 'Nodes of a step on WASM',
  quick: 'The preset quick',
  shuffled: 'Shuffled labels',
  plan: 'Planning an experiment',
};

/** A run in Markdown: where it ran, the bars it settles, and a table for everything measured. */
export function describeRun(command: string, machine: string, found: Found): string {
  const bars = barsOf(found.flatMap(({ findings }) => findings));
  const kinds = [...new Set(found.map(({ kind }) => kind))];
  const tables = kinds.map((kind) => {
    const rows = found.filter((one) => one.kind === kind).flatMap(({ findings }) => findings.map(rowOf));
    return `### ${titles[kind]}\n\n${rowTable(rows)}`;
  });
  return [`## \`${command}\``, machine, ...(bars.length > 0 ? [`### Bars\n\n${barTable(bars)}`] : []), ...tables].join(
    '\n\n',
  );
}

const begin = (command: string): string => `<!-- run: ${command} -->`;
const end = '<!-- end of run -->';

/** A file of results with a run in it: in place of the run of the same command, or at the end. */
export function withRun(text: string, command: string, run: string): string {
  const block = `${begin(command)}\n\n${run}\n\n${end}`;
  const from = text.indexOf(begin(command));
  if (from < 0) return `${text.trimEnd()}\n\n${block}\n`;
  const to = text.indexOf(end, from) + end.length;
  return text.slice(0, from) + block + text.slice(to);
}
