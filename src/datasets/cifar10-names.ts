import { fail, ok, type Result } from '../base/result.ts';
import { officialArchive, type PartName } from './cifar10-official.ts';
import { baseName } from './named-file.ts';

/** A file to read, by its name. */
export type FileKind = { readonly kind: 'part'; readonly part: PartName } | { readonly kind: 'archive' };

/** Belongs to CIFAR-10 and holds nothing needed. */
export interface Beside {
  readonly kind: 'beside';
}

const remedy = `Choose ${officialArchive.name}, or data_batch_1.bin to data_batch_5.bin and test_batch.bin, of the binary version.`;

/** Tells parts, archives and the texts beside them from all other files, which are refused with what to use instead. */
export function kindOf(name: string): Result<FileKind | Beside> {
  const base = baseName(name);
  const part = partOf(base);
  if (part !== undefined) return ok({ kind: 'part', part });
  if (isBeside(base)) return ok({ kind: 'beside' });
  const other = otherVersion(base);
  if (other !== undefined) return fail(`${name} is ${other}, which cannot be read. ${remedy}`, name);
  if (/\.(tar|tar\.gz|tgz)$/i.test(unnumbered(base))) return ok({ kind: 'archive' });
  return fail(`${name} is not a file of CIFAR-10. ${remedy}`, name);
}

/** The part of that name, if any; names as browsers number repeated downloads, "test_batch (1).bin", are understood. */
export function partOf(base: string): PartName | undefined {
  const name = unnumbered(base).toLowerCase();
  return /^(data_batch_[1-5]|test_batch)\.bin$/.test(name) ? (name as PartName) : undefined;
}

/** What else it could be, for a message: a version of CIFAR that is not the binary one. */
export function otherVersion(base: string): string | undefined {
  const name = unnumbered(base);
  if (/cifar-?100/i.test(name) || /^(train|test)(\.bin)?$/i.test(name)) return 'a file of CIFAR-100';
  if (/^(data_batch_[1-5]|test_batch|batches\.meta)$/i.test(name) || /cifar-?10-python/i.test(name)) {
    return 'the Python version of CIFAR-10';
  }
  if (/^(data_batch_[1-5]|test_batch|batches\.meta)\.mat$/i.test(name) || /cifar-?10-matlab/i.test(name)) {
    return 'the Matlab version of CIFAR-10';
  }
  return undefined;
}

const isBeside = (base: string): boolean => /^(batches\.meta\.txt|readme\.html)$/i.test(base);

/** Without the " (1)" that browsers put before the ending. */
const unnumbered = (base: string): string => base.replace(/ ?\(\d+\)(?=(\.(bin|mat|tar|tgz|gz|tar\.gz))?$)/i, '');
