/** What the page can ask of the inside of the live network. Nothing of the run changes by it. */
export type InsightQuestion =
  /** What every module makes of some images, and the features and filters of one block (its key, or `stem`). */
  | { readonly kind: 'images'; readonly of: LookedAt; readonly block: string }
  /** The head's answers on the first `count` test images. */
  | { readonly kind: 'predictions'; readonly count: number };

/** Images of the test part by number, or one of the user's own, uint8 [size,size,3]. */
export type LookedAt =
  | { readonly kind: 'test'; readonly images: readonly number[] }
  | { readonly kind: 'own'; readonly image: Uint8Array };

/** An early exit: probabilities [images,classes] of a classifier, and of each of its patches, row-major. */
export interface Exit {
  readonly kind: 'independent' | 'cascade' | 'local' | 'probe' | 'head';
  readonly module: number;
  readonly probabilities: Float32Array;
  /** Before the mean is taken: logits [images,classes] a patch, in the paper's form of PFF only. */
  readonly patches: readonly Float32Array[];
}

/** What the decoders of one module make of the images, put together from their patches: uint8 [images,size,size,3]. */
export interface Reconstruction {
  readonly purpose: 'independent' | 'cascade' | 'local';
  readonly module: number;
  readonly grid: number;
  readonly size: number;
  readonly images: Uint8Array;
}

/** Numbers to draw as maps: [count,height,width], each by itself. */
export interface Maps {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
}

export interface ImageInsight {
  readonly step: number;
  /** What it took. */
  readonly seconds: number;
  readonly size: number;
  readonly classNames: readonly string[];
  /** As the network saw them, uint8 [images,size,size,3]; labels are -1 for an image without one. */
  readonly images: Uint8Array;
  readonly labels: readonly number[];
  readonly exits: readonly Exit[];
  readonly reconstructions: readonly Reconstruction[];
  /** The block's output on the first image, a map a channel. */
  readonly activations: Maps | undefined;
  /** The block's first convolution: a kernel a pair of output and input channel, input channels of one output in a row. */
  readonly filters: (Maps & { readonly inputs: number }) | undefined;
}

/** One test image and what the head answers. */
export interface Prediction {
  readonly image: number;
  readonly label: number;
  readonly predicted: number;
  /** Probability of what it predicts. */
  readonly probability: number;
}

export interface Predictions {
  readonly step: number;
  readonly seconds: number;
  readonly classNames: readonly string[];
  /** Images [classes,classes]: row the true class, column the predicted one. */
  readonly confusion: Int32Array;
  readonly count: number;
  readonly right: number;
  /** The wrong ones first, the surest of them first; then the right ones, the least sure first. At most 48. */
  readonly shown: readonly Prediction[];
  /** Those images, uint8 [shown,size,size,3]. */
  readonly images: Uint8Array;
  readonly size: number;
}

export type InsightAnswer =
  | ({ readonly kind: 'images' } & ImageInsight)
  | ({ readonly kind: 'predictions' } & Predictions);
