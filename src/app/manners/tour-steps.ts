/** A stop of the tour: the part of the page it is about, by its accessible name, and what there is to see. */
export interface TourStep {
  readonly region: string;
  readonly title: string;
  readonly words: string;
}

export const tourSteps: readonly TourStep[] = [
  {
    region: 'Network',
    title: 'A network in local modules',
    words:
      'Each box is a block; a border cuts the network. Gradients stop at borders, so every module learns from a loss of its own. Drag a border, or press Enter on it.',
  },
  {
    region: 'Transport',
    title: 'Play',
    words:
      'Press play: the network trains on this device, images never leave it. Space plays and pauses, and the time to the end is always here.',
  },
  {
    region: 'Charts',
    title: 'What every module knows',
    words:
      'Accuracy and loss of each module while it trains. Changes you make are marked; every chart is also a table.',
  },
  {
    region: 'Memory',
    title: 'What it costs',
    words:
      'Memory and arithmetic beside back-propagation, planned before anything runs. Two neighbouring modules are held at once, so few modules save nothing.',
  },
  {
    region: 'Controls',
    title: 'Everything can be changed',
    words:
      'A sign on each control says whether a change applies now, rebuilds and keeps weights, or starts a new run. Ctrl Z takes it back.',
  },
  {
    region: 'Screens',
    title: 'Compare',
    words:
      'Under Runs, two small runs show in one click what HPFF saves and what it costs. Any run again with back-propagation is a click as well, a sweep over K, methods and seeds a few.',
  },
];
