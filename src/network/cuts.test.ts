import { describe, expect, test } from 'vitest';
import { resolveCuts } from './cuts.ts';
import { blockKey, moduleShapes } from './network-shape.ts';

const keys = (
  network: 'resnet8' | 'resnet20' | 'resnet32' | 'resnet44' | 'resnet110',
  cuts: Parameters<typeof resolveCuts>[0]['cuts'],
) => resolveCuts({ network, cuts }).map(blockKey);

describe('resolveCuts', () => {
  test("gives the papers' rows", () => {
    expect(keys('resnet32', 'k2')).toEqual(['2.1', '3.4']);
    expect(keys('resnet32', 'k4')).toEqual(['1.2', '2.1', '3.0', '3.4']);
    expect(keys('resnet32', 'k8')).toEqual(['1.0', '1.2', '1.4', '2.1', '2.3', '3.0', '3.2', '3.4']);
    expect(keys('resnet110', 'k8')).toEqual(['1.4', '1.11', '2.0', '2.7', '2.14', '3.3', '3.10', '3.17']);
    expect(keys('resnet110', 'k16')).toHaveLength(16);
    expect(keys('resnet110', 'k32')).toHaveLength(32);
  });

  test('makes every block a module for all, and for the row called 16 on ResNet-32', () => {
    expect(keys('resnet32', 'all')).toHaveLength(15);
    expect(keys('resnet32', 'k16')).toEqual(keys('resnet32', 'all'));
    expect(keys('resnet110', 'all')).toHaveLength(54);
  });

  test('shares blocks out evenly, longer modules first, where the papers have no row', () => {
    expect(keys('resnet20', 'k4')).toEqual(['1.2', '2.1', '3.0', '3.2']);
    expect(keys('resnet44', 'k2')).toEqual(['2.3', '3.6']);
    expect(keys('resnet8', 'k1')).toEqual(['3.0']);
  });
});

test('moduleShapes gives the stem to the first module, alone after a cut there', () => {
  const network = { blocks: [1, 1, 1], widths: [8, 16, 32, 64], imageSize: 32, classes: 10 };
  const modules = moduleShapes(network, [
    [0, 0],
    [2, 0],
    [3, 0],
  ]);
  expect(modules.map(({ stem, blocks, width, stage }) => [stem, blocks.map(({ key }) => key), width, stage])).toEqual([
    [true, [], 8, 1],
    [false, ['1.0', '2.0'], 32, 2],
    [false, ['3.0'], 64, 3],
  ]);
});
