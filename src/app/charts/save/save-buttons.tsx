import { Download } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { RefObject } from 'react';
import { download } from '../../header/download.ts';
import { fileName } from './chart-files.ts';
import { inSlices } from './in-slices.ts';
import { pngOfSvg, svgOfFigure } from './picture.ts';
import type { SavedEntry } from './svg-document.ts';

/** Saves one chart: as a picture while it is drawn, its numbers always. */
export function SaveButtons({
  title,
  figure,
  drawn,
  legend,
  csv,
  json,
}: {
  readonly title: string;
  readonly figure: RefObject<HTMLElement | null>;
  /** Whether the plot is on show, not the table. */
  readonly drawn: boolean;
  /** Entries under the picture. */
  legend(): readonly SavedEntry[];
  csv(): Iterable<string>;
  json(): Iterable<string>;
}) {
  const name = fileName(title);
  const picture = () => (figure.current === null ? undefined : svgOfFigure(figure.current, title, legend()));
  const saveSvg = () => {
    const svg = picture();
    if (svg !== undefined) download(new Blob([svg.text], { type: 'image/svg+xml' }), `${name}.svg`);
  };
  const savePng = async () => {
    const svg = picture();
    const png = svg && (await pngOfSvg(svg));
    if (png !== undefined) download(png, `${name}.png`);
  };
  const saveText = async (pieces: Iterable<string>, ending: string) =>
    download(await inSlices(pieces), `${name}.${ending}`);
  const choices: readonly (readonly [words: string, save: () => void, enabled: boolean])[] = [
    ['PNG picture', () => void savePng(), drawn],
    ['SVG picture', saveSvg, drawn],
    ['CSV, all numbers', () => void saveText(csv(), 'csv'), true],
    ['JSON, all numbers', () => void saveText(json(), 'json'), true],
  ];
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="button button-small" aria-label={`Save ${title}`} title="Save this chart">
        <Download aria-hidden />
      </DropdownMenu.Trigger>
      {/* Not in a portal: outside of the page's regions those who jump from region to region would miss it. */}
      <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
        {choices.map(([words, save, enabled]) => (
          <DropdownMenu.Item key={words} className="menu-item" disabled={!enabled} onSelect={save}>
            {words}
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
