import { failWith, ok, type Result } from '../../base/result.ts';
import type { BufferLedger } from './ledger.ts';

/** Who needs the arena, and how much of it. */
export interface Tenant {
  readonly arenaBytes: number;
}

/** The one buffer all programs place their transient values in, one program at a time: as large as the largest needs. */
export interface Arena {
  buffer(): GPUBuffer | undefined;
  /** Grows by one whenever the buffer is another. */
  generation(): number;
  /** Makes room. Errors: the device has not enough memory; the arena then is as before. */
  enter(tenant: Tenant): Promise<Result<void>>;
  leave(tenant: Tenant): void;
}

/** An empty arena on `device`. */
export function createArena(device: GPUDevice, ledger: BufferLedger): Arena {
  const tenants = new Set<Tenant>();
  let held: GPUBuffer | undefined;
  let generation = 0;
  const needed = () => Math.max(0, ...[...tenants].map(({ arenaBytes }) => arenaBytes));
  const replace = async (bytes: number): Promise<Result<void>> => {
    device.pushErrorScope('out-of-memory');
    const made =
      bytes === 0
        ? undefined
        : ledger.create('arena', bytes, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST);
    const error = await device.popErrorScope();
    if (error !== null && made !== undefined) {
      ledger.destroy(made);
      return failWith(
        'out-of-memory',
        `The GPU has no room for ${megabytes(bytes)} of values that live inside a step. Choose a smaller batch, more cuts, or fewer patches at once.`,
        'arena',
      );
    }
    if (held !== undefined) ledger.destroy(held);
    held = made;
    generation += 1;
    return ok(undefined);
  };
  return {
    buffer: () => held,
    generation: () => generation,
    async enter(tenant) {
      tenants.add(tenant);
      const bytes = needed();
      const largest = Math.min(device.limits.maxBufferSize, Number.MAX_SAFE_INTEGER);
      if (bytes > largest) {
        tenants.delete(tenant);
        return failWith(
          'out-of-memory',
          `A step needs ${megabytes(bytes)} at once, and one buffer of this GPU has at most ${megabytes(largest)}. Choose a smaller batch or more cuts.`,
          'arena',
        );
      }
      if (held?.size === bytes) return ok(undefined);
      // The old buffer goes first, so that both never are held at once.
      if (held !== undefined) ledger.destroy(held);
      held = undefined;
      const replaced = await replace(bytes);
      if (replaced.ok) return replaced;
      tenants.delete(tenant);
      const restored = await replace(needed());
      return restored.ok ? replaced : restored;
    },
    leave(tenant) {
      tenants.delete(tenant);
      if (tenants.size > 0 || held === undefined) return;
      ledger.destroy(held);
      held = undefined;
      generation += 1;
    },
  };
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
