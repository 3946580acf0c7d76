// Determines by its name and its first images whether the images of a collection are transposed.
import { basename } from 'node:path';
import type { Collection, FolderSource, OpenQuestion } from '../../../src-shared/data/dataset';
import { inspectImages } from '../../trainer/data/orientation/inspect-images';
import { placeWords } from '../../trainer/data/place-words';
import { saysEmnist } from '../../trainer/data/recognise';
import { orientationOf } from '../../trainer/data/orientation/upright';

/** Number of images that the question shows in both orientations. */
const SHOWN = 8;

/**
 * The collection with what is known of its orientation, or the question if its name says one thing and its images
 * another.
 */
export async function withOrientation(
  source: FolderSource,
  collection: Collection,
): Promise<Collection | OpenQuestion> {
  const { folder } = source;
  if (source.transposed !== undefined) return { ...collection, transposed: source.transposed };
  if (collection.transposed !== undefined) return collection; // pictures are upright
  const transposed = [collection.prefix, placeWords(folder, collection.trainImages)].some(saysEmnist);
  const inspected = await inspectImages(collection);
  const seen = inspected && orientationOf(inspected);
  if (!inspected || seen === undefined || (seen === 'transposed') === transposed) return { ...collection, transposed };
  const { rows, columns, pixels } = inspected;
  return {
    kind: 'transposed',
    folder,
    collection: collection.id,
    holdOut: source.holdOut,
    file: basename(collection.trainImages),
    rows,
    columns,
    samples: pixels.slice(0, SHOWN * rows * columns),
    suggested: seen === 'transposed',
  };
}
