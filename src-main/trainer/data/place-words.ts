// What the folder right around the files of a dataset is called, within the folder that a person chose.
import { basename, relative } from 'node:path';

/** Folders and archives that are in many datasets: they say nothing, or which part of EMNIST it is. */
const PASSED_OVER =
  /^(?:raw|gzip|idx|csv|archive|byclass|bymerge|balanced|letters|digits|(?:train|training|test|testing|t10k|val|validation|images|labels)(?:[-_](?:images|labels).*?)?)(?:\.(?:zip|tgz|tar|tar\.gz))?$/i;

/**
 * The name of the nearest folder or archive that says something, with those in it: “emnist letters” for
 * emnist/letters/train-images…. Folders further up are of others: a folder that is called “emnist-and-fashion” says
 * nothing of what is in “fashion” in it.
 * @param path of a file in the folder
 */
export function placeWords(folder: string, path: string): string {
  const names = [basename(folder), ...relative(folder, path).split(/[\\/]/).slice(0, -1)];
  let nearest = names.length - 1;
  while (nearest > 0 && PASSED_OVER.test(names[nearest]!)) nearest--;
  return names.slice(nearest).join(' ');
}
