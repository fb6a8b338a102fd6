import type { ChartPicture } from './chart-picture.ts';
import { type SvgFile, svgDocument } from './svg-document.ts';

/** Pixels of a saved picture for one of the drawing's. */
const sharpness = 2;
/** Pixels that a picture may be high: browsers make no larger ones. */
const highest = 16_000;

/** A chart as an SVG file in the colours of the page's theme. */
export function svgOf(picture: ChartPicture): SvgFile {
  const resolve = colourResolver();
  const made = svgDocument(picture);
  return { ...made, text: made.text.replace(/var\(--[\w-]+\)/g, resolve) };
}

/** The same as PNG; undefined where the browser cannot make one. */
export async function pngOf(picture: ChartPicture): Promise<Blob | undefined> {
  const { text, width, height } = svgOf(picture);
  const image = new Image();
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    image.src = url;
    await image.decode();
    const scale = Math.min(sharpness, highest / height);
    const canvas = document.createElement('canvas');
    canvas.width = width * scale;
    canvas.height = height * scale;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/png'));
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Colours of the page's theme as a file can hold them. */
function colourResolver(): (colour: string) => string {
  const known = new Map<string, string>();
  return (colour) => {
    const before = known.get(colour);
    if (before !== undefined) return before;
    const probe = document.createElement('span');
    probe.style.color = colour;
    document.body.append(probe);
    const resolved = getComputedStyle(probe).color;
    probe.remove();
    known.set(colour, resolved);
    return resolved;
  };
}
