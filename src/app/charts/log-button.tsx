/** Makes an axis logarithmic, and linear again. */
export function LogButton({
  axis,
  words = 'log',
  log,
  onLog,
}: {
  /** Which axis, as those who do not see the button are told. */
  readonly axis: string;
  readonly words?: string;
  readonly log: boolean;
  onLog(log: boolean): void;
}) {
  const label = `Logarithmic ${axis}`;
  return (
    <button
      type="button"
      className="button button-small"
      aria-pressed={log}
      aria-label={label}
      title={label}
      onClick={() => onLog(!log)}
    >
      {words}
    </button>
  );
}
