// Finds the file that names the classes of a dataset: labels.txt, or EMNIST's *-mapping.txt.
import { basename, join } from 'node:path';
import { pathParts } from './find-files';

const CLASS_NAMES = /^(?:labels\.txt|(?<prefix>.*?)[-._]?mapping\.txt)$/i;

/**
 * A mapping of the dataset's own name comes before labels.txt.
 * @param places folders in which it may be, each as its parts
 * @param names paths within the folder
 */
export function findClassNames(
  folder: string,
  places: readonly string[][],
  prefix: string,
  names: readonly string[],
): string | undefined {
  const beside = names.filter((name) =>
    places.some((place) => pathParts(name).slice(0, -1).join('/') === place.join('/')),
  );
  const own = beside.find(
    (name) => CLASS_NAMES.exec(basename(name))?.groups?.['prefix']?.toLowerCase() === prefix && prefix !== '',
  );
  const found = own ?? beside.find((name) => /^labels\.txt$/i.test(basename(name)));
  return found === undefined ? undefined : join(folder, found);
}
