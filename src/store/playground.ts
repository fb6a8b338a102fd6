import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Locks } from '../base/locks.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { noLimits } from '../experiment/limits.ts';
import { startingExperiment } from '../experiment/presets.ts';
import type { Preview } from '../methods/preview.ts';
import { History } from '../runs/history.ts';
import { startingSettings } from '../runs/settings.ts';
import type { ClientEvent, TrainingClient } from '../worker/client.ts';
import { type BatchActions, createBatchActions, startingBatchSearch } from './batch-actions.ts';
import { type CompareActions, createCompareActions } from './compare-actions.ts';
import { createDataActions, type DataActions } from './data-actions.ts';
import { createEditActions, type EditActions } from './edit-actions.ts';
import { createFaultActions, type FaultActions } from './fault-actions.ts';
import { createFileActions, type FileActions } from './file-actions.ts';
import { createGradientActions, type GradientActions } from './gradient-actions.ts';
import { createInsightActions, type InsightActions, startingInsight } from './insight-actions.ts';
import { createLessonActions, type LessonActions, startingLesson } from './lesson-actions.ts';
import { createNewcomerActions, type NewcomerActions } from './newcomer-actions.ts';
import type { LookPlanner, PlannedLook, Planner, Walker } from './previewer.ts';
import { createQueueActions, type QueueActions } from './queue-actions.ts';
import { createRecovery, type Recovery } from './recovery.ts';
import { createReplayActions, type ReplayActions } from './replay-actions.ts';
import { createRunActions, type RunActions } from './run-actions.ts';
import { createRunListActions, type RunListActions } from './run-list-actions.ts';
import { createRunsViewActions, type RunsViewActions, startingRunsView } from './runs-view-actions.ts';
import { loadSettings } from './settings.ts';
import { experimentOfHash } from './share-link.ts';
import { createShared, type Shared } from './shared.ts';
import { dataOf, type PlaygroundState, type ViewName } from './state.ts';
import { emptyQueue, joinQueues } from './sweep/queue.ts';
import { createQueueKeeper, type QueueKeeper } from './sweep/stored-queue.ts';
import { limitsOf, type Teaching, teachingOfHash } from './teaching.ts';
import { noEdits } from './undo.ts';
import { createWalkActions, type WalkActions } from './walk-actions.ts';

/** What the page can do. None of these throws or makes the page wait: what comes of them is in the state. */
export interface PlaygroundActions
  extends EditActions,
    RunActions,
    GradientActions,
    RunListActions,
    FaultActions,
    DataActions,
    FileActions,
    CompareActions,
    WalkActions,
    InsightActions,
    LessonActions,
    QueueActions,
    ReplayActions,
    RunsViewActions,
    BatchActions,
    NewcomerActions {
  /** Plans an experiment beside the one in the controls; of many, one after the other. */
  readonly planAside: (experiment: Experiment) => Promise<Preview | undefined>;
  /** Counts the bytes of a look into the network of an experiment, beside it all. */
  readonly planLook: (experiment: Experiment, look: PlannedLook) => Promise<number | undefined>;
  showView(view: ViewName): void;
  /** Reads the address and prepares the first run. */
  start(hash: string): void;
}

export type Playground = StoreApi<PlaygroundState> & { readonly actions: PlaygroundActions };

/** What the store needs of the world around it. */
export interface Surroundings {
  readonly client: TrainingClient;
  readonly plan: Planner;
  readonly walk: Walker;
  /** For plans that must not hold up the one of the controls. */
  readonly planAside: Planner;
  readonly planLook: LookPlanner;
  /** Held by this page, over all tabs. */
  readonly locks: Locks;
  readonly findServedFiles: () => Promise<PlaygroundState['served']>;
}

/** Milliseconds between two drawings of new measurements. */
const drawInterval = 500;

/** The page's store: one live run in the worker, what is shown of it, and the edits under way. */
export function createPlayground({
  client,
  plan,
  planAside,
  planLook,
  walk,
  locks,
  findServedFiles,
}: Surroundings): Playground {
  const store = createStore<PlaygroundState>(() => initialState());
  const shared = createShared(store, client, plan);
  const { get, set, report, show, configure, open } = shared;
  const data = createDataActions(shared);
  const runList = createRunListActions(shared);
  const restoreWorker = async () => {
    runList.configure(get().settings);
    await data.reloadData();
  };
  listen(shared, createRecovery(shared, runList, restoreWorker));
  const comparing = createCompareActions(shared);
  const queueing = createQueueActions(shared, runList);
  const editing = createEditActions(shared);
  const planned = (experiment: Experiment) => ({
    experiment,
    classes: dataOf(get(), experiment)?.classNames.length,
  });
  const actions: PlaygroundActions = {
    ...data,
    ...editing,
    ...createFaultActions(shared, runList, editing, restoreWorker),
    ...createRunActions(shared, restoreWorker),
    ...runList,
    ...createFileActions(shared, data.loadFiles, comparing.openRunFiles),
    ...comparing,
    ...queueing,
    ...createNewcomerActions(shared, queueing),
    ...createReplayActions(shared, queueing),
    ...createRunsViewActions(shared),
    ...createBatchActions(shared, planAside),
    planAside: (experiment) => planAside(planned(experiment)),
    planLook: (experiment, look) => planLook(planned(experiment), look),
    ...createGradientActions(shared),
    ...createWalkActions(store, walk),
    ...createInsightActions(shared),
    ...createLessonActions(shared),
    showView: (view) => set({ view }),
    start(hash) {
      const linked = experimentOfHash(hash);
      if (linked !== undefined && !linked.ok) report('link', linked.error);
      const taught = teachingOfHash(hash);
      if (taught !== undefined && !taught.ok) report('link', taught.error);
      const experiment = linked?.ok ? linked.value : startingExperiment;
      if (taught?.ok) set(teachingState(taught.value));
      const limits = taught?.ok ? limitsOf(taught.value, experiment) : noLimits;
      configure({ settings: loadSettings(), limits });
      show(experiment);
      void open(experiment, get().executor);
      void runList.listRuns();
      void keepQueue(store, createQueueKeeper(locks), report);
      void findServedFiles().then((served) => set({ served }));
    },
  };
  return Object.assign(store, { actions });
}

/** Brings the worker's events into the state; measurements at once, but a new version to draw at most twice a second. */
function listen({ client, get, set, report, record, takeReplayed }: Shared, recovery: Recovery): void {
  let drawing: ReturnType<typeof setTimeout> | undefined;
  const drawSoon = () => {
    if (drawing !== undefined) return;
    drawing = setTimeout(() => {
      drawing = undefined;
      set(({ historyVersion }) => ({ historyVersion: historyVersion + 1 }));
    }, drawInterval);
  };
  client.subscribe((event: ClientEvent) => {
    switch (event.kind) {
      case 'progress':
        recovery.saw(event.progress.status);
        return set({ progress: event.progress });
      case 'preparing':
        return set({ preparing: { what: event.what, share: event.share } });
      case 'measurements':
        get().history.add(event.measurements);
        return drawSoon();
      case 'runs':
        return record(event.records);
      case 'replayed':
        return takeReplayed(event.run);
      case 'replayEnded':
        return report('transport', event.error);
      case 'storing':
        return report('storage', event.error);
      case 'failed':
      case 'stopped':
        report('failure', event.error);
        return void recovery.failed(event.error);
    }
  });
}

/** Brings queues of earlier visits back, and stores the queue whenever it changes from then on. */
async function keepQueue(
  store: StoreApi<PlaygroundState>,
  keeper: QueueKeeper,
  report: Shared['report'],
): Promise<void> {
  const { queue, problem, elsewhere } = await keeper.takeOver();
  if (problem !== undefined) report('runs', problem);
  store.subscribe(({ queue: now }, before) => {
    if (now === before.queue) return;
    const saved = keeper.save(now);
    if (!saved.ok) report('runs', saved.error);
  });
  // What was queued meanwhile goes first.
  store.setState({ queue: joinQueues(store.getState().queue, queue), queueElsewhere: elsewhere });
}

/** The state a teacher's link begins with. */
const teachingState = (teaching: Teaching): Partial<PlaygroundState> => ({
  teaching,
  ...(teaching.lesson === undefined
    ? {}
    : { view: 'lessons', lesson: { ...startingLesson, name: teaching.lesson, step: teaching.step } }),
});

const initialState = (): PlaygroundState => ({
  view: 'train',
  experiment: startingExperiment,
  trying: undefined,
  edits: noEdits,
  held: false,
  executor: 'auto',
  openedWith: 'auto',
  run: undefined,
  opening: false,
  rebuilding: false,
  progress: undefined,
  preparing: undefined,
  history: new History(),
  historyVersion: 0,
  compared: [],
  gradientCost: undefined,
  measuringGradients: false,
  fileRuns: [],
  givenRecord: undefined,
  runsView: startingRunsView,
  batchSearch: startingBatchSearch,
  queue: emptyQueue,
  queueElsewhere: false,
  runs: [],
  histories: new Map(),
  deletedRuns: [],
  settings: startingSettings,
  preview: undefined,
  previewOf: undefined,
  walk: undefined,
  insight: startingInsight,
  lesson: startingLesson,
  teaching: undefined,
  limits: noLimits,
  refusals: {},
  alsoChanged: [],
  startedAnew: [],
  problems: {},
  notice: undefined,
  loadingData: false,
  loadedData: [],
  dataOfRun: undefined,
  dataView: undefined,
  hubOffer: undefined,
  storedSets: { sets: [], problem: undefined },
  imageMemory: 512 * 1024 * 1024,
  served: [],
  exporting: undefined,
  exported: undefined,
});
