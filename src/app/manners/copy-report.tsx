import { useState } from 'react';
import { buildVersion } from '../../base/build-version.ts';
import type { Problem } from '../../base/result.ts';
import { usePlayground } from '../playground-context.ts';
import { errorReport } from './error-report.ts';

/** Puts a report of a failure on the clipboard, or shows it to be copied by hand. */
export function CopyReport({ problem, stack }: { readonly problem: Problem; readonly stack?: string | undefined }) {
  const record = usePlayground((state) => state.runs.find(({ id }) => id === state.run?.id) ?? state.run?.record);
  const progress = usePlayground((state) => state.progress);
  const [report, setReport] = useState<string>();
  const [said, setSaid] = useState('');
  const copy = async () => {
    const text = errorReport({ build: buildVersion, problem, record, progress, browser: navigator.userAgent, stack });
    setReport(text);
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied. Nothing was sent.');
    } catch {
      setSaid('Select and copy it below.');
    }
  };
  return (
    <>
      <button type="button" className="button button-small" onClick={() => void copy()}>
        Copy error report
      </button>
      <span aria-live="polite">{said}</span>
      {report !== undefined && (
        <textarea className="error-report" aria-label="Error report" readOnly rows={6} value={report} />
      )}
    </>
  );
}
