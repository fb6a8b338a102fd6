/** Lines of the sweep's figures: colour-blind safe (Okabe and Ito), dark enough on light and light enough on dark, each with a dash of its own. */
const colours = {
  light: [
    '#0062a3',
    '#b24700',
    '#00735a',
    '#8a3a77',
    '#7a5f00',
    '#1b7fb8',
    '#5c5c5c',
    '#a3122f',
    '#3a3a9e',
    '#4f6b00',
    '#111111',
  ],
  dark: [
    '#6cb8f0',
    '#f0965a',
    '#4fd1ab',
    '#e39ad0',
    '#e8cf4e',
    '#9fd8ff',
    '#b8b8b8',
    '#ff8fa3',
    '#b3b1ff',
    '#c0dd6a',
    '#f2f2f2',
  ],
} as const;
const dashes = ['', '6 3', '2 3', '8 3 2 3', '1 3'];

/** Colour and dash of the n-th line. */
export const sweepLook = (index: number, theme: 'light' | 'dark'): { colour: string; dash: string } => ({
  colour: colours[theme][index % colours[theme].length] as string,
  dash: dashes[index % dashes.length] as string,
});
