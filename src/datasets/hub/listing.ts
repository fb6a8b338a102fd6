import * as v from 'valibot';
import { fail, ok, type Result } from '../../base/result.ts';
import type { RemoteFile } from './fetch-bytes.ts';
import { HubError, settled } from './hub-error.ts';
import type { HubSet } from './hub-sets.ts';
import { ask, broken, type HubAccess, persevere } from './request.ts';

/** Parquet files of one configuration of a repository, by the name of their split, in the order of their rows. */
export type Splits = ReadonlyMap<string, readonly RemoteFile[]>;

/** The branch to which the hub converts every public data set. */
const branch = 'refs%2Fconvert%2Fparquet';

const entries = v.array(
  v.object({ type: v.string(), path: v.string(), size: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))) }),
);

/** More pages than a data set's list has; a server that links in circles ends here. */
const mostPages = 100;

/**
 * Asks the hub which Parquet files a set has. Paths are `CONFIGURATION/SPLIT/0000.parquet`; a split that the hub converted only in part
 * is `partial-SPLIT`. Errors: no such repository, nothing converted, not reachable.
 */
export async function listSplits(set: HubSet, access: HubAccess): Promise<Result<Splits>> {
  const { repository } = set;
  const listed = await settled(repository, () => fetchList(repository, access));
  if (!listed.ok) return listed;
  const configurations = new Map<string, Map<string, RemoteFile[]>>();
  for (const { path, size } of listed.value) {
    const [configuration, split, file, ...rest] = path.split('/');
    if (configuration === undefined || split === undefined || file === undefined || rest.length > 0) continue;
    if (!file.endsWith('.parquet') || size === undefined) continue;
    const splits = getOrMake(configurations, configuration, () => new Map<string, RemoteFile[]>());
    const encoded = path.split('/').map(encodeURIComponent).join('/');
    const url = `${access.address}/datasets/${repository}/resolve/${branch}/${encoded}`;
    getOrMake(splits, split.replace(/^partial-/, ''), () => []).push({ url, name: path, size });
  }
  const names = [...configurations.keys()];
  const wanted = set.configuration ?? (names.includes('default') ? 'default' : names[0]);
  const splits = configurations.get(wanted ?? '');
  if (splits !== undefined) {
    for (const files of splits.values()) files.sort((a, b) => (a.name < b.name ? -1 : 1));
    return ok(splits);
  }
  if (names.length === 0) {
    return fail(`The hub has no Parquet files of ${repository}. Choose another set, or give its files.`, repository);
  }
  return fail(`${repository} has no configuration "${wanted}"; it has ${names.join(', ')}.`, repository);
}

async function fetchList(repository: string, access: HubAccess): Promise<v.InferOutput<typeof entries>> {
  const all: v.InferOutput<typeof entries> = [];
  let url: string | undefined = `${access.address}/api/datasets/${repository}/tree/${branch}?recursive=true`;
  for (let page = 0; url !== undefined && page < mostPages; page++) {
    const { text, next } = await fetchText(url, repository, access);
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), entries), text);
    if (!parsed.success) {
      throw new HubError({
        message: `The hub's list of ${repository} is not understood. Give its files instead.`,
        where: repository,
      });
    }
    all.push(...parsed.output);
    url = next;
  }
  return all;
}

/** A small document, and the address of its next page where it has one. */
function fetchText(
  url: string,
  name: string,
  access: HubAccess,
): Promise<{ readonly text: string; readonly next: string | undefined }> {
  return persevere(access, async () => {
    const { response, end } = await ask(url, name, {}, access);
    try {
      const next = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
      return { text: await response.text(), next: next === undefined ? undefined : new URL(next, url).href };
    } catch (error) {
      throw broken(name, error, access);
    } finally {
      end();
    }
  });
}

function getOrMake<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
