import { describe, expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import { fieldNames } from './fields.ts';
import { applySettings } from './parse-setting.ts';
import { presetExperiment, startingExperiment, suggestedPresets } from './presets.ts';
import { parseExperiment } from './schema.ts';

const messageOf = (data: unknown): string => {
  const parsed = parseExperiment(data);
  return parsed.ok ? '' : parsed.error.message;
};
const changed = (changes: object) => messageOf({ ...startingExperiment, ...changes });

describe('parseExperiment', () => {
  test.each(suggestedPresets)('takes the preset %s as it is', (name) => {
    expect(messageOf(JSON.parse(JSON.stringify(expectOk(presetExperiment(name)))))).toBe('');
  });

  test('names a field that is missing', () => {
    const { batch: _, ...rest } = startingExperiment;
    expect(messageOf(rest)).toMatch(/"batch" is missing.*1 to 4096/);
  });

  test('names a field it does not know, and the nearest one', () => {
    expect(changed({ learning_rate: 1 })).toMatch(/no field "learning_rate".*"learningRate"/);
  });

  test.each([
    ['batch', 0],
    ['batch', 1.5],
    ['learningRate', Number.NaN],
    ['learningRate', '0.1'],
    ['widths', [16, 16, 32]],
    ['widths', [16, 16, 32, 100_000]],
    ['aux', '3c1f'],
    ['ixx', [1]],
    ['network', 'resnet18'],
    ['network', 'constructor'],
    ['trainSize', 'some'],
    ['cuts', 'k5'],
    ['cuts', [[4, 0]]],
    ['hilo', null],
  ])('refuses %s = %j with the values it takes', (field, value) => {
    expect(changed({ [field]: value })).toMatch(new RegExp(`^${field} = .*It takes: `));
  });

  test.each([
    [
      'cuts that skip a block',
      {
        cuts: [
          [1, 0],
          [1, 0],
          [3, 0],
        ],
      },
      /leaves a module without a block/,
    ],
    [
      'cuts in the wrong order',
      {
        cuts: [
          [2, 0],
          [1, 0],
          [3, 0],
        ],
      },
      /leaves a module without a block/,
    ],
    [
      'cuts that do not end at the last block',
      {
        cuts: [
          [1, 0],
          [2, 0],
        ],
      },
      /end the list with \[3,0\]/,
    ],
    ['no cuts', { cuts: [] }, /end the list/],
    [
      'a block that does not exist',
      {
        cuts: [
          [1, 1],
          [3, 0],
        ],
      },
      /no block \[1,1\]/,
    ],
    ['more modules than blocks', { cuts: 'k8' }, /8 modules, but resnet8 has 3 blocks/],
    ['a window beyond K', { window: 4, bn: 'once' }, /window = 4.*K = 3/],
    ['patchesAtOnce that does not divide', { patchesAtOnce: 3 }, /divisor of 4/],
    ['released statistics without HiLo', { hilo: false, window: 1 }, /^bn = "released"/],
    ['released statistics with a first independent loss', { firstIndependent: true }, /^bn = "released"/],
  ] as const)('refuses %s', (_, changes, words) => {
    expect(changed(changes)).toMatch(words);
  });

  test('takes a cut after the stem', () => {
    expect(
      changed({
        cuts: [
          [0, 0],
          [1, 0],
          [3, 0],
        ],
      }),
    ).toBe('');
  });

  test.each([[null], [[]], ['text'], [42]])('refuses %j, which is no object', (data) => {
    expect(messageOf(data)).toMatch(/JSON object/);
  });
});

describe('presets', () => {
  test('the page starts with quick', () => {
    expect(expectOk(presetExperiment('quick'))).toEqual(startingExperiment);
    expect(startingExperiment).toMatchObject({
      network: 'resnet8',
      batch: 32,
      learningRate: 0.05,
      ixx: [5, 1],
      ixy: [0.5, 1],
    });
  });

  test.each([
    '',
    'slow',
    'bp',
    'bp/resnet31',
    'bp/resnet32-k5',
    'bp/resnet32-k4-x',
    'bp/resnet32-svhn-k4',
    'bp/resnet32-constructor',
    'hpff/resnet32-k8',
  ])('refuses %j with a list of what there is', (name) => {
    const preset = presetExperiment(name);
    expect(preset.ok).toBe(false);
    if (!preset.ok) expect(preset.error.message).toMatch(/no preset.*hpff-released/);
  });

  test.each([
    ['bp/resnet32-k1', { data: 'cifar-10', resolution: 32, batch: 1024, learningRate: 0.8, epochs: 400 }],
    ['bp/resnet32-svhn', { data: 'svhn', resolution: 32, batch: 1024, learningRate: 0.8, cuts: 'k3' }],
    ['hpff-paper/resnet20-all-stl10', { data: 'stl-10', resolution: 96, batch: 128, learningRate: 0.1, cuts: 'all' }],
    ['dgl/resnet8-k3-imagenet', { data: 'imagenet', resolution: 224, batch: 128, learningRate: 0.05, epochs: 90 }],
    ['dgl/resnet8-tinyimagenet', { data: 'tiny-imagenet', resolution: 64, batch: 128, epochs: 90 }],
  ])('%s has the recipe of its set', (name, recipe) => {
    expect(expectOk(presetExperiment(name))).toMatchObject(recipe);
  });

  test('refuses more modules than the network has blocks', () => {
    expect(presetExperiment('dgl/resnet8-k8').ok).toBe(false);
  });
});

describe('applySettings', () => {
  test('sets fields of every form', () => {
    const settings = ['batch=128', 'cuts=[[2,0],[3,0]]', 'schedule=constant', 'nesterov=false', 'ixx=[1,2]'];
    const set = expectOk(applySettings(startingExperiment, settings));
    expect(set).toMatchObject({
      batch: 128,
      cuts: [
        [2, 0],
        [3, 0],
      ],
      schedule: 'constant',
      nesterov: false,
      ixx: [1, 2],
    });
  });

  test.each([['batch'], ['=3'], ['size=3'], ['batch=many']])('refuses %j', (setting) => {
    expect(applySettings(startingExperiment, [setting]).ok).toBe(false);
  });

  test('another data set brings its resolution and validation part, unless they are set', () => {
    expect(expectOk(applySettings(startingExperiment, ['data=own']))).toMatchObject({
      resolution: 64,
      validation: 0.1,
    });
    expect(expectOk(applySettings(startingExperiment, ['data=own', 'resolution=96', 'validation=0']))).toMatchObject({
      resolution: 96,
      validation: 0,
    });
  });

  test('applies settings together, so that they may depend on each other', () => {
    expect(applySettings(startingExperiment, ['patches=3', 'patchesAtOnce=9']).ok).toBe(true);
  });
});

test('every field has a row in the table', () => {
  expect(new Set(fieldNames)).toEqual(new Set(Object.keys(startingExperiment)));
});
