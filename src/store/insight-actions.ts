import type { Problem } from '../base/result.ts';
import type { ImageInsight, InsightQuestion, LookedAt, Predictions } from '../runs/insight.ts';
import type { Shared } from './shared.ts';

/** What was seen inside the live network last, and what is looked at. */
export interface InsightState {
  readonly of: LookedAt;
  readonly block: string;
  /** The run that was looked into. */
  readonly run: string | undefined;
  readonly images: ImageInsight | undefined;
  readonly predictions: Predictions | undefined;
  /** A look is under way. */
  readonly looking: boolean;
  /** Why the last look came to nothing. */
  readonly problem: Problem | undefined;
}

/** Test images that the gallery's count is of: enough to tell, few enough to wait for. */
const predicted = 1000;

export const startingInsight: InsightState = {
  of: { kind: 'test', images: [0, 1, 2, 3] },
  block: 'stem',
  run: undefined,
  images: undefined,
  predictions: undefined,
  looking: false,
  problem: undefined,
};

export interface InsightActions {
  /** Looks at other images or another block, at once. */
  lookInto(what: Partial<Pick<InsightState, 'of' | 'block'>>): void;
  /** Looks again at the same images. One look at a time; while one is under way this does nothing. */
  lookAgain(): void;
  /** Asks for the head's answers on the test part. */
  predict(): void;
  /** Forgets what was seen, as of a run that is no more. */
  forgetInsight(): void;
}

/** Looks into the live network, at the page's pace: one question at a time. */
export function createInsightActions({ client, get, set }: Shared): InsightActions {
  const change = (more: Partial<InsightState>) => set(({ insight }) => ({ insight: { ...insight, ...more } }));
  let again = false;

  const ask = async (question: InsightQuestion) => {
    const { run } = get();
    if (get().insight.looking || run === undefined || get().opening) return;
    change({ looking: true, run: run.id });
    const answer = await client.request({ kind: 'insight', question });
    change({ looking: false });
    // Another run may have come meanwhile.
    if (get().run?.id !== run.id) return;
    if (!answer.ok) change({ problem: answer.error });
    else if (answer.value.kind === 'images') change({ images: answer.value, problem: undefined });
    else change({ predictions: answer.value, problem: undefined });
  };

  const look = async () => {
    if (get().insight.looking) {
      again = true;
      return;
    }
    do {
      again = false;
      const { of, block } = get().insight;
      await ask({ kind: 'images', of, block });
    } while (again);
  };

  return {
    lookInto(what) {
      change(what);
      void look();
    },
    lookAgain() {
      if (!get().insight.looking) void look();
    },
    async predict() {
      await ask({ kind: 'predictions', count: predicted });
      if (again) void look();
    },
    forgetInsight: () => change({ images: undefined, predictions: undefined, problem: undefined }),
  };
}
