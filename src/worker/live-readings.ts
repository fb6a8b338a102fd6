import { fail, ok, type Result } from '../base/result.ts';
import type { ExportedFile } from '../formats/export-run.ts';
import { budgetInWords } from '../methods/memory-budget.ts';
import { type ExportFormatName, type ExportOptions, plainExport } from '../runs/export-formats.ts';
import type { GradientCost, GradientMeasurement } from '../runs/gradient-measurement.ts';
import { History } from '../runs/history.ts';
import type { InsightAnswer, InsightQuestion } from '../runs/insight.ts';
import { saveCheckpoint } from '../trainer/checkpoint.ts';
import { yieldByMessage } from '../trainer/gate.ts';
import { gradientCost, measureGradients } from '../trainer/gradients.ts';
import { lookAtImages } from '../trainer/look.ts';
import { predictTest } from '../trainer/predictions.ts';
import { exportLive } from './export-live.ts';
import type { LivePlace } from './live-place.ts';

/** What is read of the live run between two steps, without changing a number of it. */
export class LiveReadings {
  constructor(private readonly place: LivePlace) {}

  /** A look inside the network after the step under way. A run that is measuring its test part is left alone: that would begin anew. */
  async look(question: InsightQuestion): Promise<Result<InsightAnswer>> {
    return this.place.inTurn(() =>
      this.place.withLive(async ({ training, runner, chosen }): Promise<Result<InsightAnswer>> => {
        if (runner.status === 'evaluating')
          return fail('The test part is being measured. Look again after that.', 'insight');
        return runner.exclusive(async (): Promise<Result<InsightAnswer>> => {
          if (question.kind === 'predictions') {
            const predicted = await predictTest(training, question.count);
            return predicted.ok ? ok({ kind: 'predictions', ...predicted.value }) : predicted;
          }
          const looked = await lookAtImages(training, chosen.executor, question.of, question.block);
          return looked.ok ? ok({ kind: 'images', ...looked.value }) : looked;
        });
      }),
    );
  }

  /** What measuring gradients on so many images would take. */
  async gradientCost(images: number): Promise<Result<GradientCost>> {
    return this.place.withLive(async ({ training }) => ok(gradientCost(training, images)));
  }

  /** Every module's gradient beside back-propagation's, after the step under way. */
  async measureGradients(images: number): Promise<Result<GradientMeasurement>> {
    return this.place.inTurn(() =>
      this.place.withLive(async (live) => {
        const { training, runner, chosen } = live;
        const { bytes } = gradientCost(training, images);
        const { budget } = this.place;
        if (budget !== undefined && chosen.executor.bytes().held + bytes > budget.bytes) {
          return fail(
            `Measuring gradients would go beyond ${budgetInWords(budget)}. Choose fewer images.`,
            'gradients',
          );
        }
        const measured = await runner.exclusive(async () => {
          const { peakBytes } = live.record.summary;
          const made = await measureGradients(training, chosen.executor, images, yieldByMessage);
          this.place.forgetPeak(live, peakBytes);
          return made;
        });
        if (measured.ok) await live.measuredGradients(measured.value);
        this.place.report();
        return measured;
      }),
    );
  }

  /** The run in a format, as it is after the step under way. Another step may begin while the file is made. */
  async export(
    format: ExportFormatName = 'safetensors',
    options: ExportOptions = plainExport,
  ): Promise<Result<ExportedFile>> {
    return this.place.inTurn(() =>
      this.place.withLive(async (live) => {
        const { training, chosen } = live;
        const taken = await live.runner.exclusive(async () => {
          const { record } = live;
          const history = History.of(live.recorder.history.data(), record);
          return { weights: await saveCheckpoint(training, chosen.executor), measured: { record, history } };
        });
        const { weights, measured } = taken;
        return exportLive(training, weights, measured, { format, options });
      }),
    );
  }
}
