/** What programs asked of WebGPU since the last reset. */
export interface GpuCount {
  dispatches: number;
  submits: number;
  buffers: number;
  bindGroups: number;
  pipelines: number;
  /** `performance.now()` when the first command encoder was made, and when the last submit returned. */
  firstEncoding: number | undefined;
  lastSubmit: number;
}

/** A count of all that goes through WebGPU in this process or worker, whoever asks. */
export interface GpuCounter {
  readonly count: GpuCount;
  /** Bytes of buffers created and not destroyed, and the highest such total since `reset`. */
  heldBytes(): number;
  peakBytes(): number;
  /** Begins anew, but for the bytes held. */
  reset(): void;
}

const nothing = (): GpuCount => ({
  dispatches: 0,
  submits: 0,
  buffers: 0,
  bindGroups: 0,
  pipelines: 0,
  firstEncoding: undefined,
  lastSubmit: 0,
});

/** Puts counters around WebGPU's methods, for good. Undefined where there is no WebGPU. */
export function countGpu(): GpuCounter | undefined {
  if (typeof GPUDevice !== 'function') return undefined;
  const count = nothing();
  const alive = new WeakSet<GPUBuffer>();
  let held = 0;
  let peak = 0;
  before(GPUDevice.prototype, 'createBindGroup', () => {
    count.bindGroups += 1;
  });
  for (const name of ['createComputePipeline', 'createComputePipelineAsync'] as const)
    before(GPUDevice.prototype, name, () => {
      count.pipelines += 1;
    });
  before(GPUDevice.prototype, 'createCommandEncoder', () => {
    count.firstEncoding ??= performance.now();
  });
  for (const name of ['dispatchWorkgroups', 'dispatchWorkgroupsIndirect'] as const)
    before(GPUComputePassEncoder.prototype, name, () => {
      count.dispatches += 1;
    });
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    count.buffers += 1;
    held += descriptor.size;
    peak = Math.max(peak, held);
    alive.add(buffer);
    return buffer;
  };
  before(GPUBuffer.prototype, 'destroy', (buffer) => {
    if (alive.delete(buffer)) held -= buffer.size;
  });
  const { submit } = GPUQueue.prototype;
  GPUQueue.prototype.submit = function (commands) {
    const answer = submit.call(this, commands);
    count.submits += 1;
    count.lastSubmit = performance.now();
    return answer;
  };
  return {
    count,
    heldBytes: () => held,
    peakBytes: () => peak,
    reset() {
      Object.assign(count, nothing());
      peak = held;
    },
  };
}

/** Calls `look` before a method of every object with this prototype. */
function before<Target extends object, Name extends keyof Target>(
  prototype: Target,
  name: Name,
  look: (target: Target) => void,
): void {
  const method = prototype[name] as (...given: unknown[]) => unknown;
  const watched = function (this: Target, ...given: unknown[]): unknown {
    look(this);
    return method.apply(this, given);
  };
  prototype[name] = watched as Target[Name];
}
