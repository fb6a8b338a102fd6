import { Segmented } from '../charts/segmented.tsx';

/** Whether looks are repeated while the run goes on. */
export type When = 'live' | 'still';

const choices = [
  ['live', 'while it trains'],
  ['still', 'when asked'],
] as const;

/** Chooses when looks of one kind are taken. */
export function WhenToLook({
  label,
  when,
  onChoose,
}: {
  readonly label: string;
  readonly when: When;
  onChoose(when: When): void;
}) {
  return <Segmented label={label} value={when} choices={choices} onChange={onChoose} />;
}
