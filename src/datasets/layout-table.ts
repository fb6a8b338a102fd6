import Papa from 'papaparse';
import { fail, ok, type Result } from '../base/result.ts';
import { byText, type PhotoLayout, type Photos, type Placed, setOfClasses, textNamed } from './photo-layout.ts';
import { type Part, partOfWord } from './photo-parts.ts';
import { imagesInWords, thousands } from './thousands.ts';

type Row = Readonly<Record<string, string | undefined>>;

const fileColumns = ['file', 'filename', 'image', 'path'] as const;
const imagenetClasses = 1_000;

/**
 * Classes by a labels.csv: columns `file` and `class_index` (whole numbers from 0; `name` names the class), or `file` and
 * `label` (text). A column `split` may say train, val or test. Undefined where there is no labels.csv.
 */
export function layOutByTable(photos: Photos): Result<PhotoLayout> | undefined {
  const table = textNamed(photos, 'labels.csv');
  if (table === undefined) return undefined;
  const { path: where, text } = table;
  const { data, meta } = Papa.parse<Row>(text.replace(/^\ufeff/, ''), {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (column) => column.trim().toLowerCase(),
  });
  const columns = meta.fields ?? [];
  const fileColumn = fileColumns.find((column) => columns.includes(column));
  const byIndex = columns.includes('class_index');
  if (fileColumn === undefined || !(byIndex || columns.includes('label'))) {
    return fail(
      `${where} needs the columns "file" and "class_index", or "file" and "label"; it has ${columns.join(', ') || 'none'}.`,
      where,
    );
  }
  const rows = rowsByFile(data, fileColumn, where);
  if (!rows.ok) return rows;
  const classes = byIndex ? classesByIndex(data, where) : classesByLabel(data, where);
  if (!classes.ok) return classes;
  const { labelOf, name, classNames } = classes.value;
  const parts: Record<Part, Placed[]> = { train: [], validation: [], test: [] };
  const folder = where.slice(0, where.lastIndexOf('/') + 1);
  let left = 0;
  const used = new Set<Row>();
  for (const [index, path] of photos.paths.entries()) {
    const below = path.startsWith(folder) ? path.slice(folder.length) : path;
    const row = rows.value.get(below) ?? rows.value.get(below.slice(below.lastIndexOf('/') + 1));
    if (row === undefined) {
      left++;
      continue;
    }
    used.add(row);
    parts[partOfWord(row.split?.trim() ?? '') ?? 'train'].push({ index, label: labelOf(row) });
  }
  const absent = data.length - used.size;
  const notes = [
    ...(left === 0 ? [] : [`Left out: ${imagesInWords(left)} that ${where} does not name.`]),
    ...(absent === 0 ? [] : [`${where} names ${imagesInWords(absent)} not given.`]),
  ];
  if (used.size === 0)
    return fail(`None of the images is named in ${where}. Its column "${fileColumn}" holds paths beside it.`, where);
  return ok({ name, classNames, ...parts, notes });
}

function rowsByFile(data: readonly Row[], column: string, where: string): Result<ReadonlyMap<string, Row>> {
  const rows = new Map<string, Row>();
  for (const [place, row] of data.entries()) {
    const file = row[column]?.trim().replaceAll('\\', '/') ?? '';
    if (file === '') return fail(`${where}, row ${thousands(place + 2)}, names no file.`, where);
    if (rows.has(file))
      return fail(`${where} names ${file} twice, the second time in row ${thousands(place + 2)}.`, where);
    rows.set(file, row);
  }
  return ok(rows);
}

interface Classes {
  readonly name: PhotoLayout['name'];
  readonly classNames: readonly string[];
  readonly labelOf: (row: Row) => number;
}

/** Classes by number; with WordNet ids beside them they are ImageNet's thousand. */
function classesByIndex(data: readonly Row[], where: string): Result<Classes> {
  const names = new Map<number, string>();
  let most = -1;
  for (const [place, row] of data.entries()) {
    const text = row.class_index?.trim() ?? '';
    if (!/^\d{1,5}$/.test(text))
      return fail(`${where}, row ${thousands(place + 2)}: class_index is "${text}", not a whole number from 0.`, where);
    const label = Number(text);
    most = Math.max(most, label);
    const name = row.name?.trim() || row.label?.trim() || row.wnid?.trim();
    if (name !== undefined && name !== '') names.set(label, name);
  }
  const ids = data.map((row) => row.wnid?.trim() ?? '');
  const name = most < imagenetClasses && setOfClasses(ids) !== 'own' ? 'imagenet' : 'own';
  const count = name === 'imagenet' ? imagenetClasses : most + 1;
  const classNames = Array.from({ length: count }, (_, label) => names.get(label) ?? `class ${label}`);
  return ok({ name, classNames, labelOf: (row) => Number(row.class_index) });
}

/** Classes by their names in order: of numbers if all are, else of text. */
function classesByLabel(data: readonly Row[], where: string): Result<Classes> {
  const labels = data.map((row) => row.label?.trim() ?? '');
  const empty = labels.indexOf('');
  if (empty >= 0) return fail(`${where}, row ${thousands(empty + 2)}, has no label.`, where);
  const distinct = [...new Set(labels)];
  const numbers = distinct.every((label) => /^\d{1,15}$/.test(label));
  const classNames = distinct.sort(numbers ? (a, b) => Number(a) - Number(b) : byText);
  const places = new Map(classNames.map((label, place) => [label, place]));
  return ok({
    name: setOfClasses(classNames),
    classNames,
    labelOf: (row) => places.get(row.label?.trim() ?? '') as number,
  });
}
