/** Blocks per stage of the CIFAR ResNets, ResNet-(6n+2) (method.md 2). */
export const blocksPerStage = {
  resnet8: 1,
  resnet14: 2,
  resnet20: 3,
  resnet32: 5,
  resnet44: 7,
  resnet56: 9,
  resnet110: 18,
} as const;

export type NetworkName = keyof typeof blocksPerStage;
export const networkNames = Object.keys(blocksPerStage) as NetworkName[];

/** `[stage, block]` of the last block of a module, stages from 1, blocks from 0; `[0, 0]` is the stem (method.md 1). */
export type BlockIndex = readonly [stage: number, block: number];

export const cutWords = ['k1', 'k2', 'k3', 'k4', 'k8', 'k16', 'k32', 'all'] as const;
export type CutWord = (typeof cutWords)[number];
export type Cuts = CutWord | readonly BlockIndex[];
