import { gradientRow } from '../runs/gradient-measurement.ts';
import type { Shared } from './shared.ts';

export interface GradientActions {
  /** Asks what a measurement of gradients on so many images would take. */
  askGradientCost(images: number): Promise<void>;
  /** Measures the gradients of the live run, after the step under way. */
  measureGradients(images: number): Promise<void>;
  /** Drops what was asked for. */
  forgetGradientCost(): void;
}

/** Gradients of the modules beside back-propagation's, on request. */
export const createGradientActions = ({ client, get, set, report }: Shared): GradientActions => ({
  async askGradientCost(images) {
    report('gradients', undefined);
    const answer = await client.request({ kind: 'gradientCost', images });
    if (answer.ok) set({ gradientCost: answer.value });
    else report('gradients', answer.error);
  },
  async measureGradients(images) {
    const { history } = get();
    set({ measuringGradients: true, gradientCost: undefined });
    const answer = await client.request({ kind: 'measureGradients', images });
    set({ measuringGradients: false });
    if (!answer.ok) return report('gradients', answer.error);
    history.gradients.append(gradientRow(answer.value));
    set(({ historyVersion }) => ({ historyVersion: historyVersion + 1 }));
  },
  forgetGradientCost: () => set({ gradientCost: undefined }),
});
