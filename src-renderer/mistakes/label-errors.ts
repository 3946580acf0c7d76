// Finds labels that could be wrong, by confident learning. Pure.

/**
 * Northcutt, Jiang and Chuang 2021, "Confident learning", section 3.1: the threshold of a class is the mean probability
 * that the network gives it for the images with its label. An image counts as the most probable of the classes whose
 * probability reaches their threshold. If that class is not its label, the label could be wrong.
 * @param probabilities [images, classes], of a network that was not trained on these images
 * @param labels [images]
 * @returns positions of such images, sorted by the normalised margin: the label's probability minus that of the class
 * that the image counts as, lowest first
 */
export function couldBeLabelErrors(probabilities: Float32Array, labels: Uint16Array, classes: number): Uint32Array {
  const thresholds = classThresholds(probabilities, labels, classes);
  const suspects: { image: number; margin: number }[] = [];
  for (let image = 0; image < labels.length; image++) {
    const p = probabilities.subarray(image * classes, (image + 1) * classes);
    const label = labels[image]!;
    let best = -1;
    for (let k = 0; k < classes; k++) if (p[k]! >= thresholds[k]! && (best < 0 || p[k]! > p[best]!)) best = k;
    if (best >= 0 && best !== label) suspects.push({ image, margin: p[label]! - p[best]! });
  }
  suspects.sort((a, b) => a.margin - b.margin || a.image - b.image);
  return Uint32Array.from(suspects, ({ image }) => image);
}

/** @returns [classes], infinite for a class without images */
function classThresholds(probabilities: Float32Array, labels: Uint16Array, classes: number): Float64Array {
  const [sums, counts] = [new Float64Array(classes), new Float64Array(classes)];
  for (let image = 0; image < labels.length; image++) {
    const label = labels[image]!;
    sums[label]! += probabilities[image * classes + label]!;
    counts[label]!++;
  }
  return sums.map((sum, label) => (counts[label]! > 0 ? sum / counts[label]! : Infinity));
}
