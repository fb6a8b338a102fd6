import { reasonOf } from '../named-file.ts';
import { HubError } from './hub-error.ts';

/** How the hub is asked; everything a test replaces. */
export interface HubAccess {
  /** Where the hub is, without a slash at the end. */
  readonly address: string;
  readonly fetch: typeof fetch;
  /** Ends everything under way with a failure whose `where` is 'cancelled'. */
  readonly signal: AbortSignal | undefined;
  /** Milliseconds without a byte after which a connection is taken for dead and the request repeated. */
  readonly patience: number;
  /** Milliseconds before the first repetition; each waits twice as long as the one before. */
  readonly pause: number;
  /** How often a request is repeated before it is given up, counted anew when bytes come. */
  readonly repetitions: number;
}

export const usualAccess = { patience: 30_000, pause: 500, repetitions: 4 } as const;

export const cancelled = (): HubError =>
  new HubError({ message: 'Loading was cancelled. What came so far is kept for the next time.', where: 'cancelled' });

/** A response under way. */
export interface Asked {
  readonly response: Response;
  /** To be told of every sign of life: the connection then gets its patience anew. */
  alive(): void;
  /** Ends the response, whether read or not. */
  end(): void;
}

/** Asks once. Throws a HubError that says whether asking again may help. `name` is the file, for messages. */
export async function ask(
  url: string,
  name: string,
  headers: Readonly<Record<string, string>>,
  access: HubAccess,
): Promise<Asked> {
  if (access.signal?.aborted) throw cancelled();
  const control = new AbortController();
  const cancel = () => control.abort();
  access.signal?.addEventListener('abort', cancel);
  let timer = setTimeout(cancel, access.patience);
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(cancel, access.patience);
  };
  const end = () => {
    clearTimeout(timer);
    access.signal?.removeEventListener('abort', cancel);
    control.abort();
  };
  try {
    const response = await access.fetch(url, { headers: { ...headers }, signal: control.signal });
    alive();
    if (response.ok) return { response, alive, end };
    end();
    throw refusal(response.status, name);
  } catch (error) {
    end();
    throw error instanceof HubError ? error : broken(name, error, access);
  }
}

/** A connection that broke off, or was ended because it was dead or because of a cancel. */
export function broken(name: string, error: unknown, access: HubAccess): HubError {
  if (error instanceof HubError) return error;
  if (access.signal?.aborted) return cancelled();
  const dead = error instanceof DOMException && error.name === 'AbortError';
  const reason = dead ? `nothing came for ${access.patience / 1000} seconds` : reasonOf(error);
  return new HubError(
    {
      message: `${name} could not be loaded from ${access.address} (${reason}). See that you are online, then load again: what came so far is kept.`,
      where: name,
    },
    true,
  );
}

function refusal(status: number, name: string): HubError {
  const said = `(status ${status})`;
  if (status === 401 || status === 403) {
    return refused(
      `${name} may not be read without signing in at the hub ${said}. Download it there and give the file.`,
    );
  }
  if (status === 404) return refused(`The hub has no ${name} ${said}. See that its name is right.`);
  if (status === 416) return refused(`${name} is shorter on the hub than its list says ${said}. Load it again later.`);
  const again = status === 408 || status === 429 || status >= 500;
  return refused(`The hub does not hand out ${name} ${said}. Try again later.`, again);

  function refused(message: string, passing = false): HubError {
    return new HubError({ message, where: name }, passing);
  }
}

/** Repeats what fails for a passing reason, ever later; `progress` grows whenever a repetition was worth it. */
export async function persevere<Value>(
  access: HubAccess,
  body: () => Promise<Value>,
  progress: () => number = () => 0,
): Promise<Value> {
  for (let failures = 0; ; ) {
    const before = progress();
    try {
      return await body();
    } catch (error) {
      if (!(error instanceof HubError && error.passing)) throw error;
      failures = progress() > before ? 1 : failures + 1;
      if (failures > access.repetitions) throw error;
      await wait(access.pause * 2 ** (failures - 1), access.signal);
    }
  }
}

function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = () => {
      clearTimeout(timer);
      reject(cancelled());
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', cancel);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', cancel, { once: true });
  });
}
