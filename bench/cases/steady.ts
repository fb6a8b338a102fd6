import type { Engine } from '../engines/engine.ts';
import { emptyFinding, type Finding, type Measurement, type Subject } from '../measurement.ts';
import { median } from '../median.ts';
import { benchExperiment } from './experiment.ts';
import type { Watch } from './portable.ts';

type Steady = Extract<Subject, { kind: 'steady' }>;

/** Many steps twice with one seed: bytes, buffers and step time stay flat, and the losses are equal. */
export async function measureSteady(
  measurement: Measurement,
  subject: Steady,
  engine: Engine,
  watch: Watch,
): Promise<Finding[]> {
  const first = await run(subject, engine, watch);
  const second = await run(subject, engine, watch);
  const different = first.losses.filter((loss, step) => loss !== second.losses[step]).length;
  return [first, second].map(({ times, bytes, losses, planned, objectsMade }, index) => {
    const early = median(times.slice(10, 110));
    const late = median(times.slice(-100));
    const milliseconds = median(times);
    return {
      ...emptyFinding(
        measurement,
        `${subject.preset}, batch ${subject.batch}, ${subject.steps} steps, run ${index + 1}`,
      ),
      milliseconds,
      imagesPerSecond: (1000 * subject.batch) / milliseconds,
      plannedBytes: planned ?? null,
      allocatedBytes: bytes.at(-1) ?? null,
      objectsMade,
      note: [
        `steps 11 to 110 ${early.toFixed(0)} ms, last 100 ${late.toFixed(0)} ms`,
        `bytes ${[...new Set(bytes)].join(' then ')} from step 10 on`,
        `${objectsMade} GPU objects made from step 10 on`,
        `last loss ${losses.at(-1)}`,
        `${different} losses differ between the runs`,
      ].join('; '),
    };
  });
}

/** Bytes are looked at every this many steps. */
const every = 100;

async function run({ preset, batch, steps }: Steady, engine: Engine, { gpu, note }: Watch) {
  const prepared = await engine.step(benchExperiment(preset, batch));
  const times: number[] = [];
  const losses: number[] = [];
  const bytes: number[] = [];
  for (let step = 0; step < steps; step++) {
    if (step === 10) gpu?.reset();
    const started = performance.now();
    losses.push((await prepared.run()) ?? Number.NaN);
    times.push(performance.now() - started);
    if (step === 10 || step % every === every - 1) bytes.push(gpu?.heldBytes() ?? 0);
    if (step % every === 0) note(`step ${step}`);
  }
  const { buffers = 0, bindGroups = 0, pipelines = 0 } = gpu?.count ?? {};
  prepared.dispose();
  return { times, losses, bytes, planned: prepared.plannedBytes, objectsMade: buffers + bindGroups + pipelines };
}
