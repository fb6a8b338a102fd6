import { createOwnLocks, type Locks } from '../base/locks.ts';
import { ok, type Result } from '../base/result.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Preview } from '../methods/preview.ts';
import type { RunRecord } from '../runs/run-record.ts';
import type { ClientEvent, TrainingClient } from '../worker/client.ts';
import type { AnswerOf, Answers, DataInfo, Progress, Request, RunStatus } from '../worker/protocol.ts';
import { createPlayground } from './playground.ts';
import type { Planner } from './previewer.ts';

export const dataInfo: DataInfo = {
  name: 'synthetic',
  title: 'Shapes',
  classNames: [],
  resolution: 32,
  trainCount: 100,
  validationCount: 0,
  testCount: 10,
  unlabelledCount: 0,
  checksum: '',
  notes: [],
  terms: '',
};

export const recordOf = (experiment: Experiment, id = 'run-1', created = '2026-01-01T00:00:00.000Z'): RunRecord => ({
  format: 'hpff-run',
  version: 1,
  id,
  name: undefined,
  group: undefined,
  created,
  experiment,
  changes: [],
  provenance: { appVersion: '', commit: '', executor: 'interpreter', device: '', kernels: '', dataChecksum: '' },
  handovers: [],
  summary: {
    state: 'unfinished',
    step: 0,
    totalSteps: 50,
    stepsPerEpoch: 10,
    seconds: 0,
    imagesPerSecond: undefined,
    peakBytes: 0,
    plannedBytes: 0,
    multiplyAdds: 0,
    scores: {
      lastTest: undefined,
      bestTest: undefined,
      bestTestEpoch: undefined,
      testAtBestValidation: undefined,
      bestValidation: undefined,
      finalLoss: undefined,
    },
  },
});

export const runOf = (experiment: Experiment, id = 'run-1'): Answers['open'] => ({
  id,
  record: recordOf(experiment, id),
  experiment: structuredClone(experiment),
  executor: 'interpreter',
  description: '',
  threads: undefined,
  note: undefined,
  executors: [],
  stepsPerEpoch: 10,
  totalSteps: 50,
  data: dataInfo,
  startedAnew: [],
  notes: [],
});

export const progressAt = (step: number, status: RunStatus = 'paused'): Progress => ({
  status,
  step,
  totalSteps: 50,
  stepsPerEpoch: 10,
  keptStep: undefined,
  secondsPerStep: 1,
  secondsPerEpoch: 10,
  secondsLeft: 50 - step,
  heldBytes: 0,
  peakBytes: 0,
  device: undefined,
});

type Answer = (request: Request) => Result<unknown>;

/** A client that notes what it is asked and answers like a willing worker, or as the test says. */
export class FakeClient implements TrainingClient {
  readonly asked: Request[] = [];
  private readonly listeners = new Set<(event: ClientEvent) => void>();
  private readonly answers = new Map<Request['kind'], Answer>();

  answer(kind: Request['kind'], answer: Answer): void {
    this.answers.set(kind, answer);
  }
  async request<Asked extends Request>(request: Asked): Promise<Result<AnswerOf<Asked['kind']>>> {
    this.asked.push(request);
    const answer = this.answers.get(request.kind) ?? willing;
    return answer(request) as Result<AnswerOf<Asked['kind']>>;
  }
  subscribe(listener: (event: ClientEvent) => void) {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
  dispose() {}
  say(event: ClientEvent): void {
    for (const listener of this.listeners) listener(event);
  }
  /** Requests of one kind. */
  of<Kind extends Request['kind']>(kind: Kind): Extract<Request, { kind: Kind }>[] {
    return this.asked.filter((request): request is Extract<Request, { kind: Kind }> => request.kind === kind);
  }
}

const willing: Answer = (request) => {
  if (request.kind === 'listRuns') return ok({ records: [], problems: [] });
  return ok('experiment' in request && request.kind !== 'import' ? runOf(request.experiment) : undefined);
};

/** What a page uses of the browser's storage, for a test of its own. */
export function fakeStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'> {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
    key: (index) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
}

/** Lets all answers under way arrive. */
export const settle = () => new Promise((resolve) => setTimeout(resolve));

/** A store on a fake worker, started with a hash, its first run open. */
export async function startedPlayground(
  hash = '',
  prepare: (client: FakeClient) => void = () => {},
  locks: Locks = createOwnLocks(),
  planAside: (asked: Parameters<Planner>[0]) => Promise<Partial<Preview>> = async () => ({}),
) {
  const client = new FakeClient();
  prepare(client);
  const playground = createPlayground({
    client,
    plan: async () => ({}) as Preview,
    walk: async () => undefined,
    planAside: async (asked) => (await planAside(asked)) as Preview,
    planLook: async () => undefined,
    locks,
    findServedFiles: async () => [],
  });
  playground.actions.start(hash);
  await settle();
  return { client, playground, actions: playground.actions, state: playground.getState };
}
