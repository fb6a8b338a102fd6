import { Component, type ReactNode } from 'react';
import { Note } from '../parts/note.tsx';
import { CopyReport } from './copy-report.tsx';

interface Failed {
  readonly error: Error | undefined;
}

/** Holds a failure of one part of the page there: the rest, and the run, go on. */
export class FailedPart extends Component<{ readonly part: string; readonly children: ReactNode }, Failed> {
  override state: Failed = { error: undefined };

  static getDerivedStateFromError(thrown: unknown): Failed {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  override render() {
    const { error } = this.state;
    const { part, children } = this.props;
    if (error === undefined) return children;
    return (
      <div className="failed-part">
        <Note kind="bad">
          <p>
            {part} failed and cannot be shown: {error.message} The run itself goes on.
          </p>
          <div className="row">
            <button type="button" className="button button-small" onClick={() => this.setState({ error: undefined })}>
              Try again
            </button>
            <button
              type="button"
              className="button button-small"
              title="As after an update of the playground. The run is kept and can be gone on with"
              onClick={() => location.reload()}
            >
              Reload the page
            </button>
            <CopyReport problem={{ message: error.message, where: part }} stack={error.stack} />
          </div>
        </Note>
      </div>
    );
  }
}
