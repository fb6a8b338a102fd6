import { fail, ok, type Result } from '../base/result.ts';
import { layOutByFolders } from './layout-folders.ts';
import { layOutByTable } from './layout-table.ts';
import { layOutTinyImageNet } from './layout-tiny-imagenet.ts';
import type { PhotoLayout, Photos } from './photo-layout.ts';
import { thousands } from './thousands.ts';

/** Labels are 16 bits. */
const mostClasses = 65_535;

/**
 * Finds classes and parts: Tiny-ImageNet's lists, a labels.csv, or folders by class. With a training and a validation but
 * no test part, the validation part is the test part. Fails in words where there are no classes.
 */
export function layOutPhotos(photos: Photos): Result<PhotoLayout> {
  const found = layOutTinyImageNet(photos) ?? layOutByTable(photos) ?? layOutByFolders(photos);
  if (!found.ok) return found;
  const layout = found.value;
  const { classNames, train, validation, test, notes } = layout;
  if (classNames.length > mostClasses) {
    return fail(
      `These images have ${thousands(classNames.length)} classes; at most ${thousands(mostClasses)} are read.`,
    );
  }
  if (test.length > 0 || validation.length === 0) return found;
  const note = 'There is no test part with labels, so the validation part is the test part, as is usual.';
  return ok({ ...layout, validation: [], test: validation, notes: train.length === 0 ? notes : [...notes, note] });
}
