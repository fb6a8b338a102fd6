/** What an export can be asked for, where its format knows it. */
export interface ExportOptions {
  /** Every module's classifiers and probe as outputs of a model. */
  readonly earlyExits: boolean;
  /** The optimiser's state beside the weights. */
  readonly optimiser: boolean;
  /** The images the run trains on, in the bundle. */
  readonly images: boolean;
}

export const plainExport: ExportOptions = { earlyExits: false, optimiser: true, images: false };

interface ExportFormat {
  /** For people. */
  readonly title: string;
  /** Name of the file made. */
  readonly file: string;
  /** What it is and what reads it, in a sentence. */
  readonly help: string;
  readonly options: readonly (keyof ExportOptions)[];
}

/** Everything a run can be exported as. */
export const exportFormats = {
  safetensors: {
    title: 'Weights (safetensors)',
    file: 'weights.safetensors',
    help: "PyTorch's names and layouts, running statistics and schedule position; the playground imports it again.",
    options: ['optimiser'],
  },
  onnx: {
    title: 'ONNX model',
    file: 'model.onnx',
    help: 'The trained network (opset 17) for any ONNX runtime; float32 NCHW, normalised, any batch.',
    options: ['earlyExits'],
  },
  tfjs: {
    title: 'TensorFlow.js model',
    file: 'tfjs-model.zip',
    help: 'The trained network as a GraphModel: model.json and its weights; float32 NHWC, normalised.',
    options: ['earlyExits'],
  },
  pytorch: {
    title: 'PyTorch bundle',
    file: 'pytorch-bundle.zip',
    help: 'Model, training step, weights and optimiser: train.py goes on where this run stopped, on one GPU or many.',
    options: ['images'],
  },
  run: {
    title: 'Whole run',
    file: 'run.hpff.zip',
    help: 'Experiment, changes, measurements, weights, optimiser and where it was made; the playground opens it again.',
    options: [],
  },
  csv: {
    title: 'Measurements (CSV)',
    file: 'measurements.csv',
    help: 'A row for each training step and evaluation.',
    options: [],
  },
  json: {
    title: 'Measurements (JSON)',
    file: 'measurements.json',
    help: "The run's record and all measurements, column by column.",
    options: [],
  },
  tensorboard: {
    title: 'TensorBoard events',
    file: 'events.out.tfevents.0.hpff',
    help: 'The measurements for tensorboard --logdir.',
    options: [],
  },
  experiment: {
    title: 'Experiment (JSON)',
    file: 'experiment.json',
    help: 'All settings as they are now; the playground and the command line read it.',
    options: [],
  },
  images: {
    title: 'Images of the run',
    file: 'images.safetensors',
    help: 'The very images the run trains and tests on, for the PyTorch bundle. Mind the terms of the data set.',
    options: [],
  },
} as const satisfies Record<string, ExportFormat>;

export type ExportFormatName = keyof typeof exportFormats;
export const exportFormatNames = Object.keys(exportFormats) as ExportFormatName[];
