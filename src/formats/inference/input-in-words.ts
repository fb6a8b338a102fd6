import type { StepConfiguration } from '../../methods/configuration.ts';

/** What a model takes, in words, for the model's own documentation. */
export function inputInWords({ format, network }: StepConfiguration, layout: 'NCHW' | 'NHWC'): string {
  const { mean, std } = format;
  const size = network.imageSize;
  const shape = layout === 'NCHW' ? `[batch, 3, ${size}, ${size}]` : `[batch, ${size}, ${size}, 3]`;
  const list = (numbers: readonly number[]) => numbers.map((number) => number.toPrecision(9)).join(', ');
  return `Input: float32 ${shape}, RGB, (byte / 255 - mean) / std with mean [${list(mean)}] and std [${list(std)}]. Outputs are logits.`;
}
