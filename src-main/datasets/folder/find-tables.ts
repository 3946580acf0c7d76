// Finds tables of images: CSV files whose first lines say so, with labels, without, or with nothing else.
import type { DataPart } from '../../../src-shared/data/dataset';
import { csvLayout, pixelColumns } from '../../trainer/data/sources/csv-layout';
import { partsOfName, type FoundPart } from './named-part';

export const TABLE_NAME = /\.(?:csv|tsv)(?:\.gz)?$/i;

/** @param start the first bytes, unpacked. @returns undefined if it is no table of images or labels */
export function tablePart(path: string, start: Uint8Array, part: DataPart): FoundPart | undefined {
  const layout = csvLayout(Buffer.from(start).toString('latin1').replace(/^ï»¿/, ''));
  if (!layout) return undefined;
  const hasPixels = pixelColumns(layout) > 0;
  if (layout.label === undefined) return hasPixels ? { path, holds: 'images', part } : undefined;
  if (hasPixels) return { path, holds: 'both', part };
  // Any list of numbers could be labels, if its name does not say so.
  return partsOfName(path.split('/').at(-1)!).content === 'labels' ? { path, holds: 'labels', part } : undefined;
}
