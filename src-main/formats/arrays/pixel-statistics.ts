// The scaling of the pixels by arrays named mean and std: one number for all pixels, or one for each.
import { scalingInWords, type PixelScaling } from '../../../src-shared/networks/pixel-scaling';
import type { Affine } from '../open/fold';
import { countOf, refusal } from '../open/imported-network';
import { listed } from './file-array';
import type { Sorted } from './sort-arrays';

export type PixelStatistics = { note: string } & (
  { kind: 'all'; scaling: PixelScaling } | { kind: 'each'; affine: Affine }
);

/** Throws file-unreadable if they are not a valid scaling. */
export function pixelStatistics(
  { mean, deviation }: Pick<Sorted, 'mean' | 'deviation'>,
  file: string,
): PixelStatistics | undefined {
  if (!mean && !deviation) return undefined;
  const means = Float64Array.from(mean?.numbers() ?? [0]);
  const deviations = Float64Array.from(deviation?.numbers() ?? [1]);
  const given = [mean, deviation].filter((array) => array !== undefined);
  const names =
    `Its array${given.length > 1 ? 's' : ''} ${listed(given.map(({ name }) => name))} ` +
    `${given.length > 1 ? 'say' : 'says'}`;
  if (!deviations.every((value) => value > 0))
    throw refusal(file, `its array “${deviation!.name}” contains deviations of pixels that are not positive`);
  // They are for pixels from 0 to 255 or from 0 to 1.
  const unit = Math.max(...means, ...deviations) > 1.5 ? 255 : 1;
  const isOne = given.every(({ shape }) => countOf(shape) === 1);
  if (isOne) {
    const scaling = { mean: means[0]! / unit, deviation: deviations[0]! / unit };
    return { kind: 'all', scaling, note: `${names} that it takes pixels ${scalingInWords(scaling)}.` };
  }
  const scale = deviations.map((value) => unit / value);
  const length = Math.max(means.length, deviations.length);
  const offset = Float64Array.from(
    { length },
    (_, k) => -means[k % means.length]! / deviations[k % deviations.length]!,
  );
  return { kind: 'each', affine: { scale, offset }, note: `${names} how each of its pixels was scaled.` };
}
