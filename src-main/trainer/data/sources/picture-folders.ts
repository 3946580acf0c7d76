// Reads pictures from the subfolders of a folder: each subfolder is a class, each file an image.
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { StudioError } from '../../../../src-shared/errors';
import { isSystemFolder } from '../../../files/system-folders';
import { fileErrorReason } from '../../../files/file-errors';
import { inWords } from '../number-words';
import { strictNaturalOrder } from '../../../files/natural-order';
import { LARGEST_PICTURE, MOST_PICTURES, PictureGatherer, type PictureSet } from './picture-set';

/** Files read concurrently. */
const AT_ONCE = 64;

/**
 * Pictures are in natural order of their names.
 * @param report called with the share of the pictures that have been read, 0 to 1
 * Throws file-unreadable, sizes-differ, too-large, file-missing.
 */
export async function readPictureFolders(
  root: string,
  report: (share: number) => void,
): Promise<{ set: PictureSet; bytes: number }> {
  const pictures = await listPictures(root);
  const gatherer = new PictureGatherer();
  let total = 0;
  for (let from = 0; from < pictures.length; from += AT_ONCE) {
    const batch = pictures.slice(from, from + AT_ONCE);
    const contents = await Promise.all(batch.map(({ path, name }) => readPicture(path, name)));
    contents.forEach((content, k) => {
      gatherer.add(batch[k]!.name, batch[k]!.className, content);
      total += content.length;
    });
    report((from + batch.length) / pictures.length);
  }
  return { set: gatherer.end(basename(root)), bytes: total };
}

interface Picture {
  path: string;
  /** “folder/file”, for error messages. */
  name: string;
  className: string;
}

async function listPictures(root: string): Promise<Picture[]> {
  const classes = (await readdir(root)).filter((name) => !isSystemFolder(name)).sort(strictNaturalOrder);
  const pictures: Picture[] = [];
  for (const className of classes) {
    const folder = join(root, className);
    const found = await stat(folder).catch(() => undefined); // a dangling link is not a class
    if (!found?.isDirectory()) continue;
    const names = (await readdir(folder))
      .filter((name) => /\.png$/i.test(name) && !name.startsWith('.'))
      .sort(strictNaturalOrder);
    for (const name of names) pictures.push({ path: join(folder, name), name: `${className}/${name}`, className });
    if (pictures.length > MOST_PICTURES) {
      throw new StudioError(
        'too-large',
        `${basename(root)} holds more than ${inWords(MOST_PICTURES)} pictures. Please use a smaller dataset.`,
      );
    }
  }
  return pictures;
}

/** Checks the file before it opens it, because opening a pipe would block. */
async function readPicture(path: string, name: string): Promise<Uint8Array> {
  try {
    const found = await stat(path);
    if (!found.isFile() || found.size > LARGEST_PICTURE)
      throw new StudioError('file-unreadable', `${name} is not a small picture. Please remove it.`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof StudioError) throw error;
    throw new StudioError(
      'file-unreadable',
      `${name} cannot be read: ${fileErrorReason(error)}. Please check the file, or remove it.`,
    );
  }
}
