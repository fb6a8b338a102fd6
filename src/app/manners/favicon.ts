import type { RunStatus } from '../../worker/protocol.ts';

const colours: Readonly<Record<RunStatus, string>> = {
  preparing: '#868e99',
  paused: '#e69f00',
  running: '#3f9fe0',
  evaluating: '#3f9fe0',
  finished: '#1fb890',
  failed: '#e05252',
};

/** The tab's icon of a run that has begun: a ring that fills, in the colour of its state. Address of an SVG image. */
export function progressIcon(status: RunStatus, share: number): string {
  const around = 2 * Math.PI * 11;
  const done = (Math.min(1, Math.max(0, share)) * around).toFixed(1);
  const ring = `<circle cx="16" cy="16" r="11" fill="none" stroke-width="6"`;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#181b20"/>` +
    `${ring} stroke="#3a4049"/>${ring} stroke="${colours[status]}" stroke-dasharray="${done} ${around.toFixed(1)}" transform="rotate(-90 16 16)"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
