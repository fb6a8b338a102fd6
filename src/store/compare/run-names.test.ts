import { describe, expect, it } from 'vitest';
import { presetExperiment } from '../../experiment/presets.ts';
import { experimentInWords, methodInWords } from './experiment-words.ts';
import { runNames } from './run-names.ts';
import { recordOf } from './test-support.ts';

const names = (...runs: Parameters<typeof runNames>[0]) => [...runNames(runs).values()];

describe('methodInWords', () => {
  it.each([
    ['bp/resnet32', 'BP'],
    ['greedy/resnet32-k4', 'greedy'],
    ['dgl-hilo/resnet32-k4', 'DGL + HiLo'],
    ['infopro-contrast/resnet32-k4', 'InfoPro (contrast)'],
    ['hpff-released/resnet32-k8', 'InfoPro + HPFF (released)'],
    ['hpff-paper/resnet20-all', 'InfoPro + HPFF'],
  ])('names %s as the papers do', (preset, words) => {
    const experiment = presetExperiment(preset);
    expect(experiment.ok && methodInWords(experiment.value)).toBe(words);
  });
});

describe('runNames', () => {
  it('calls a lone run by what it is', () => {
    expect(names(recordOf('1'))).toEqual(['InfoPro + HPFF (released), ResNet-8, K = 3']);
    expect(experimentInWords(recordOf('1', { method: 'bp' }).experiment)).toBe('BP, ResNet-8');
  });

  it('says what differs and nothing else', () => {
    const runs = [recordOf('1', { cuts: 'k2' }), recordOf('2', { cuts: 'k3' }), recordOf('3', { method: 'bp' })];
    expect(names(...runs)).toEqual(['InfoPro + HPFF (released), K = 2', 'InfoPro + HPFF (released), K = 3', 'BP']);
  });

  it('calls a replay by the run that it repeats, however that is named, and numbers several', () => {
    const { provenance } = recordOf('1');
    const replay = (of: string, name?: string) => ({
      replay: { of, name, steps: 5, totalSteps: undefined, provenance, changes: [], made: 0, own: [] },
    });
    const runs = [
      recordOf('1', { method: 'bp' }),
      recordOf('2', {}, { name: 'mine' }),
      recordOf('3', {}, replay('2')),
      recordOf('4', {}, replay('2')),
      recordOf('5', {}, replay('gone', 'ada')),
    ];
    expect(names(...runs).slice(1)).toEqual(['mine', 'Replay of mine', 'Replay of mine #2', 'Replay of ada']);
  });

  it('leaves out what most runs share', () => {
    const runs = [
      recordOf('1', { learningRate: 0.1, cuts: 'k2' }),
      recordOf('2', { learningRate: 0.1, cuts: 'k3' }),
      recordOf('3', { learningRate: 0.1, cuts: 'k1' }),
      recordOf('4', { learningRate: 0.4, cuts: 'k3' }),
    ];
    expect(names(...runs)).toEqual(['K = 2', 'K = 3', 'K = 1', 'K = 3, lr 0.4']);
  });

  it('does not tell runs apart by fields that mean nothing there', () => {
    const runs = [recordOf('1', { method: 'bp', patches: 2 }), recordOf('2', { method: 'bp', patches: 4 })];
    expect(names(...runs)).toEqual(['BP, ResNet-8', 'BP, ResNet-8 #2']);
  });

  it('tells the same K cut elsewhere by its places', () => {
    const runs = [
      recordOf('1', {
        cuts: [
          [1, 0],
          [3, 0],
        ],
      }),
      recordOf('2', {
        cuts: [
          [2, 0],
          [3, 0],
        ],
      }),
    ];
    expect(names(...runs)).toEqual(['cut after 1.0', 'cut after 2.0']);
  });

  it('says the telling parts of much that differs', () => {
    const other = { network: 'resnet14', cuts: 'k2', batch: 64, learningRate: 0.5, momentum: 0, epochs: 9 } as const;
    expect(names(recordOf('1'), recordOf('2', other))[1]).toBe('K = 2, ResNet-14, B 64, lr 0.5 \u2026');
  });

  it('numbers equal runs as they were made, keeps given names, and says that a run was changed', () => {
    const runs = [
      recordOf('3'),
      recordOf('1'),
      recordOf('2', {}, { name: 'mine' }),
      recordOf('4', {}, { changes: [{ step: 3, change: { learningRate: 0.5 } }] }),
    ];
    expect(Object.fromEntries(runNames(runs))).toEqual({
      '1': 'InfoPro + HPFF (released), ResNet-8, K = 3',
      '2': 'mine',
      '3': 'InfoPro + HPFF (released), ResNet-8, K = 3 #2',
      '4': 'InfoPro + HPFF (released), ResNet-8, K = 3, changed once',
    });
  });

  it('says the window only where the method does not', () => {
    const hilo = { method: 'dgl', hilo: true, pff: 'none', bn: 'once' } as const;
    expect(names(recordOf('1', { ...hilo, window: 2 }), recordOf('2', { ...hilo, window: 3 }))).toEqual(['w 2', 'w 3']);
    const dgl = { method: 'dgl', hilo: false, pff: 'none', bn: 'once', window: 1 } as const;
    expect(names(recordOf('1', { ...hilo, window: 2 }), recordOf('2', dgl))).toEqual(['DGL + HiLo', 'DGL']);
  });
});
