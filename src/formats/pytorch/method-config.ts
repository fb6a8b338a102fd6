import type { Experiment } from '../../experiment/experiment.ts';
import type { StepConfiguration } from '../../methods/configuration.ts';

/** The method of an experiment under the names of the reference cases' `config` (golden/README.md), which `hpff.py` reads. */
export function methodConfig(experiment: Experiment, configuration: StepConfiguration): Record<string, unknown> {
  const { network, cuts, format, method, pff, aux, localLoss } = configuration;
  return {
    blocks: network.blocks,
    widths: network.widths,
    splits: cuts,
    image_size: network.imageSize,
    classes: network.classes,
    // Greedy learning is DGL with linear heads; the configuration has those already.
    method: method === 'greedy' ? 'dgl' : method,
    hilo: experiment.hilo,
    window: experiment.window,
    bn: experiment.bn,
    // Without PFF there is one patch, the whole map.
    pff: pff === 'paper' ? 'paper' : 'released',
    patches: pff === 'none' ? 1 : experiment.patches,
    wx: experiment.wx,
    wy: experiment.wy,
    first_independent: experiment.firstIndependent,
    aux: aux.name,
    aux_dim: experiment.auxDim,
    widen: experiment.widen,
    local_loss: localLoss,
    decoder_hidden: experiment.decoderHidden,
    ixx: experiment.ixx,
    ixy: experiment.ixy,
    mean: format.mean,
    std: format.std,
    lr: experiment.learningRate,
    momentum: experiment.momentum,
    nesterov: experiment.nesterov,
    weight_decay: experiment.weightDecay,
  };
}
