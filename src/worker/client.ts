import { fail, type Problem, type Result } from '../base/result.ts';
import type { AnswerOf, Request, RequestMessage, WorkerMessage } from './protocol.ts';

/** What the page hears unasked: the worker's events, and that the worker itself has stopped and lost its run. */
export type ClientEvent =
  | Exclude<WorkerMessage, { readonly kind: 'answer' }>
  | { readonly kind: 'stopped'; readonly error: Problem };

/** The page's end of the training worker. */
export interface TrainingClient {
  /** Asks the worker, starting it where none runs; answers with its value, its refusal, or why it stopped. */
  request<Asked extends Request>(request: Asked): Promise<Result<AnswerOf<Asked['kind']>>>;
  /** Hears all events from now on; the returned function ends that. */
  subscribe(listener: (event: ClientEvent) => void): () => void;
  /** Ends the worker; open requests are answered with a failure. */
  dispose(): void;
}

/** What the client uses of a Worker, so that tests can stand in for it. */
export interface WorkerLike {
  postMessage(message: RequestMessage): void;
  terminate(): void;
  addEventListener(kind: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(kind: 'error' | 'messageerror', listener: (event: { readonly message?: string }) => void): void;
}

const startTrainingWorker = (): WorkerLike =>
  new Worker(new URL('./training.worker.ts', import.meta.url), { type: 'module', name: 'training' });

/**
 * A client that starts its worker at the first request. A worker that fails as a whole is ended, open requests are
 * answered with the reason, `stopped` is told, and the next request starts a fresh one.
 *
 * @param startWorker makes the worker; given in tests
 */
export function createTrainingClient(startWorker: () => WorkerLike = startTrainingWorker): TrainingClient {
  const listeners = new Set<(event: ClientEvent) => void>();
  const waiting = new Map<number, (answer: Result<unknown>) => void>();
  let worker: WorkerLike | undefined;
  let nextId = 1;

  const tell = (event: ClientEvent) => {
    for (const listener of listeners) listener(event);
  };

  const stop = (error: Problem) => {
    worker?.terminate();
    worker = undefined;
    for (const answer of waiting.values()) answer({ ok: false, error });
    waiting.clear();
  };

  const receive = (message: WorkerMessage) => {
    if (message.kind !== 'answer') return tell(message);
    const answer = waiting.get(message.id);
    waiting.delete(message.id);
    answer?.(message.ok ? { ok: true, value: message.value } : { ok: false, error: message.error });
  };

  const start = (): WorkerLike => {
    const started = startWorker();
    const breakDown = (reason: string | undefined) => {
      // A late event of a worker that was already replaced must not end its successor.
      if (worker !== started) return;
      const error = {
        message: `The training worker stopped${reason ? ` (${reason})` : ''}.`,
        fault: 'worker-lost',
      } as const;
      stop(error);
      tell({ kind: 'stopped', error });
    };
    started.addEventListener('message', (event) => {
      if (worker === started) receive(event.data as WorkerMessage);
    });
    started.addEventListener('error', (event) => breakDown(event.message));
    started.addEventListener('messageerror', () => breakDown('a message could not be read'));
    return started;
  };

  return {
    request<Asked extends Request>(request: Asked) {
      return new Promise<Result<AnswerOf<Asked['kind']>>>((resolve) => {
        worker ??= start();
        const id = nextId++;
        // The protocol fixes the answer's type by the request's kind.
        waiting.set(id, resolve as (answer: Result<unknown>) => void);
        try {
          worker.postMessage({ ...request, id });
        } catch (error) {
          waiting.delete(id);
          resolve(fail(`The request could not be sent to the worker (${String(error)}).`, request.kind));
        }
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    dispose: () => stop({ message: 'The page closed the training worker.' }),
  };
}
