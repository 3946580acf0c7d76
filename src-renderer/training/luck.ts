// How large a difference between two networks the choice of test images alone explains. Pure.

/** A difference of two accuracies, first minus second, with its 95% confidence interval; all −1 to 1. */
export interface Difference {
  value: number;
  low: number;
  high: number;
}

/** The 97.5% quantile of the standard normal distribution. */
const Z = 1.959964;

const around = (value: number, centre: number, variance: number): Difference => {
  const half = Z * Math.sqrt(variance);
  return { value, low: centre - half, high: centre + half };
};

/**
 * For two networks that predicted the same test images: only images that one of them gets right and the other wrong
 * matter. The interval of Agresti and Min (2005), which adds half an image to each of the four cases.
 * @param onlyFirst, onlySecond images that only one of the two classifies correctly
 */
export function pairedDifference(onlyFirst: number, onlySecond: number, images: number): Difference {
  const [n, sum, difference] = [images + 2, onlyFirst + onlySecond + 1, onlyFirst - onlySecond];
  return around(difference / images, difference / n, (sum - difference ** 2 / n) / n ** 2);
}

/**
 * For two accuracies on the same number of images, if it is unknown which images they are. Too wide rather than too
 * narrow, because two networks mostly fail on the same images. The interval of Agresti and Caffo (2000).
 */
export function unpairedDifference(first: number, second: number, images: number): Difference {
  const [p, q] = [first, second].map((share) => (share * images + 1) / (images + 2)) as [number, number];
  return around(first - second, p - q, (p * (1 - p) + q * (1 - q)) / (images + 2));
}

/** @param labels of the test images. @returns pairedDifference of their predictions */
export function differenceOf(first: Uint16Array, second: Uint16Array, labels: Uint16Array): Difference {
  let [onlyFirst, onlySecond] = [0, 0];
  labels.forEach((label, image) => {
    const [firstRight, secondRight] = [first[image] === label, second[image] === label];
    if (firstRight && !secondRight) onlyFirst++;
    if (secondRight && !firstRight) onlySecond++;
  });
  return pairedDifference(onlyFirst, onlySecond, labels.length);
}
