import { expect, it } from 'vitest';
import { History } from './history.ts';
import { historyCsv } from './history-csv.ts';

it('writes both phases in the order of steps, with gaps empty', () => {
  const history = new History();
  const common = { epoch: 1, seconds: 2, learningRate: 0.5, imagesPerSecond: 10, final: { loss: 1.5, accuracy: 0.25 } };
  const module = { independent: undefined, cascade: undefined, reconstruction: undefined };
  history.add([
    { ...common, phase: 'train', step: 1, modules: [] },
    { ...common, phase: 'test', step: 1, modules: [{ ...module, block: '1.0', probe: { loss: 2, accuracy: 0.1 } }] },
    { ...common, phase: 'train', step: 2, modules: [] },
  ]);
  expect([...historyCsv(history)].join('').split('\n')).toEqual([
    'phase,step,epoch,seconds,learningRate,imagesPerSecond,final.loss,final.accuracy,1.0/probe.accuracy,1.0/probe.loss',
    'train,1,1,2,0.5,10,1.5,0.25,,',
    'test,1,1,2,0.5,10,1.5,0.25,0.1,2',
    'train,2,1,2,0.5,10,1.5,0.25,,',
    '',
  ]);
});
