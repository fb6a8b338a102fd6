/** What makes a file a trained model rather than images, and what of it can be imported; undefined where it looks like none. */
export function modelInWords(name: string, paths: readonly string[]): string | undefined {
  const holds = (pattern: RegExp) => paths.some((path) => pattern.test(path));
  if (holds(/(^|\/)[^/]*\.safetensors$/i))
    return `${name} is no data set but a trained model. Unzip it and import weights.safetensors out of it; that of a PyTorch bundle made here brings its experiment along, others need their experiment.json beside them.`;
  const kind = holds(/\.onnx$/i)
    ? 'an ONNX model'
    : holds(/(^|\/)model\.json$/i) || holds(/(^|\/)group\d+-shard\d+of\d+\.bin$/i)
      ? 'a TensorFlow.js model'
      : undefined;
  return kind === undefined
    ? undefined
    : `${name} is ${kind}, which cannot be read back. Import the weights (.safetensors, with experiment.json) or the whole run (.hpff.zip) that was exported beside it.`;
}
