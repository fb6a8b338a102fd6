import { contrast, mix, parseHex, type Rgb, toHex, withContrast } from './colour-math.ts';

export type Theme = 'light' | 'dark';

/** The accent of one local module, the same in strip, charts and tables. */
export interface ModuleColour {
  /** Lines, bars and tiles: at least 3:1 on a panel. */
  readonly accent: string;
  /** Text on the accent: at least 4.5:1. */
  readonly onAccent: string;
  /** Text in the module's colour on a panel: at least 4.5:1. */
  readonly ink: string;
}

/** Lightest and darkest surface that accents stand on; twins of `--panel` and `--sunken` in tokens.css. */
export const surfaces: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#ffffff', '#f1f2f4'],
  dark: ['#181b20', '#22262d'],
};

/** Okabe and Ito's hues, told apart with every colour vision; per theme dark or light enough for its surfaces. */
const few: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#0069a8', '#b86a00', '#00795a', '#a8467f', '#2b8cbe', '#c2410c', '#7d6f00', '#4b5563'],
  dark: ['#3f9fe0', '#e69f00', '#1fb890', '#dc8ab9', '#8fd0f5', '#f0763a', '#f0e442', '#b4bcc8'],
};

/** Viridis, which rises evenly in lightness: neighbours are near, order is seen. */
const viridis = [
  '#440154',
  '#482878',
  '#3e4989',
  '#31688e',
  '#26828e',
  '#1f9e89',
  '#35b779',
  '#6dcd59',
  '#b4de2c',
  '#fde725',
];
/** The part of it that stands out on each theme's surfaces. */
const span: Readonly<Record<Theme, readonly [number, number]>> = { light: [0, 0.6], dark: [0.33, 1] };

const black: Rgb = [0, 0, 0];
const white: Rgb = [255, 255, 255];

/** Colours of module `index` of `count`: eight distinct hues, beyond them a ramp by position. */
export function moduleColour(index: number, count: number, theme: Theme): ModuleColour {
  const end = theme === 'light' ? black : white;
  const surface = hardest(theme);
  const distinct = few[theme][index];
  const raw = count <= few[theme].length && distinct !== undefined ? parseHex(distinct) : ramp(index, count, theme);
  const accent = withContrast(raw, surface, 3, end);
  const onAccent = contrast(accent, white) >= contrast(accent, black) ? white : black;
  return { accent: toHex(accent), onAccent: toHex(onAccent), ink: toHex(withContrast(accent, surface, 4.5, end)) };
}

/** The surface an accent stands out from least. */
const hardest = (theme: Theme): Rgb => parseHex(surfaces[theme][1] as string);

function ramp(index: number, count: number, theme: Theme): Rgb {
  const [from, to] = span[theme];
  const place = (from + ((to - from) * index) / Math.max(1, count - 1)) * (viridis.length - 1);
  const left = Math.min(viridis.length - 2, Math.floor(place));
  return mix(parseHex(viridis[left] as string), parseHex(viridis[left + 1] as string), place - left);
}
