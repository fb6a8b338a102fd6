import { ok, type Result } from '../base/result.ts';
import { readRunZip } from '../formats/run-zip/run-zip.ts';
import { History, type HistoryData } from '../runs/history.ts';
import { parseHistoryJson } from '../runs/history-json.ts';
import { parseResultsJson } from '../runs/results-json.ts';
import { parseRunRecord, type RunRecord } from '../runs/run-record.ts';
import type { Answers } from './protocol.ts';

interface FileRun {
  readonly record: RunRecord;
  readonly history: HistoryData;
}

/** Reads exported runs from files, one after the other; those that cannot be read are said, and hold up none. */
export async function readRunFiles(files: readonly File[]): Promise<Result<Answers['readRunFiles']>> {
  const runs: (FileRun & { readonly file: string; readonly index: number })[] = [];
  const problems: string[] = [];
  for (const [index, file] of files.entries()) {
    const read = await readRunFile(file);
    const name = file.name.replace(
      /((\.run)?\.hpff( ?\(\d+\))?\.zip|(\.run|\.metrics|\.results)?( ?\(\d+\))?\.json)$/i,
      '',
    );
    if (read.ok) runs.push(...read.value.map((run) => ({ file: name, index, ...run })));
    else problems.push(read.error.message);
  }
  return ok({ runs, problems });
}

async function readRunFile(file: File): Promise<Result<readonly FileRun[]>> {
  if (!file.name.toLowerCase().endsWith('.json')) {
    const zip = readRunZip(new Uint8Array(await file.arrayBuffer()), file.name);
    return zip.ok ? ok([{ record: zip.value.record, history: zip.value.history.data() }]) : zip;
  }
  const data = parseJson(await file.text());
  const format = typeof data === 'object' && data !== null && 'format' in data ? data.format : undefined;
  if (format === 'hpff-results') return parseResultsJson(data, file.name);
  if (format === 'hpff-metrics') {
    const read = parseHistoryJson(data, file.name);
    return read.ok ? ok([read.value]) : read;
  }
  const record = parseRunRecord(data, file.name);
  // A record alone has its results and costs; there are no lines to draw of it.
  return record.ok ? ok([{ record: record.value, history: new History().data() }]) : record;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
