// Finds the name of the folder that says most about a dataset, within the folder that the person chose.
import { basename, relative } from 'node:path';

/** Names of folders and archives that many datasets use: they say nothing, or only which part of EMNIST it is. */
const COMMON_NAME = new RegExp(
  '^(?:raw|gzip|idx|csv|archive|byclass|bymerge|balanced|letters|digits|' +
    '(?:train|training|test|testing|t10k|val|validation|images|labels)(?:[-_](?:images|labels).*?)?)' +
    '(?:\\.(?:zip|tgz|tar|tar\\.gz))?$',
  'i',
);

/**
 * The name of the nearest meaningful folder or archive, followed by the folders in it: “emnist letters” for
 * emnist/letters/train-images…. Folders further up are ignored: “emnist-and-fashion” says nothing about the files in
 * its folder “fashion”.
 * @param path of a file in the folder
 */
export function placeWords(folder: string, path: string): string {
  const names = [basename(folder), ...relative(folder, path).split(/[\\/]/).slice(0, -1)];
  let nearest = names.length - 1;
  while (nearest > 0 && COMMON_NAME.test(names[nearest]!)) nearest--;
  return names.slice(nearest).join(' ');
}
