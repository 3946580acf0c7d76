import { describe, expect, it } from 'vitest';
import { checkFit, splitValidation } from '../../../../../../src-main/trainer/data/split/validation';
import { countPerClass } from '../../../../../../src-main/trainer/data/labels/labels';

/** Classes of 600, 250, 60, 3, 2 and 1 images, mixed. */
const COUNTS = [600, 250, 60, 3, 2, 1];
const labels = Uint16Array.from(COUNTS.flatMap((count, label) => new Array<number>(count).fill(label))).map(
  (_, k, all) => all[(k * 389) % all.length]!,
);
const split = (share: number, seed = 1) => splitValidation(labels, COUNTS.length, share, seed);

describe('the validation split', () => {
  it('takes the same share of each class, at least one image of two, and never the only one', () => {
    expect(countPerClass(labels, COUNTS.length), 'the labels are only mixed').toEqual(COUNTS);
    const { validation } = split(0.1);
    expect(
      countPerClass(
        labels.filter((_, k) => validation.includes(k)),
        COUNTS.length,
      ),
    ).toEqual([60, 25, 6, 1, 1, 0]);
    for (const share of [0.05, 0.25, 0.5]) {
      expect(Math.abs(split(share).validation.length - share * labels.length)).toBeLessThanOrEqual(COUNTS.length);
    }
  });

  it('puts every image into one part, in ascending order', () => {
    const { train, validation } = split(0.2);
    expect([...train, ...validation].sort((a, b) => a - b)).toEqual(Array.from(labels, (_, k) => k));
    for (const part of [train, validation]) expect(part).toEqual(part.slice().sort());
  });

  it('is the same for the same seed, and differs for another', () => {
    expect(split(0.2, 7)).toEqual(split(0.2, 7));
    expect(split(0.2, 8).validation).not.toEqual(split(0.2, 7).validation);
    expect(split(0.2, 8).validation.length).toBe(split(0.2, 7).validation.length);
  });

  it('of share 0 leaves all images for training', () => {
    const { train, validation } = split(0);
    expect(validation.length).toBe(0);
    expect(train).toEqual(Uint32Array.from(labels, (_, k) => k));
  });
});

describe('a batch', () => {
  const info = { trainCount: labels.length, trainPerClass: COUNTS };

  it('may be as large as the rest of the training set, and no larger', () => {
    const left = split(0.2).train.length;
    expect(() => checkFit({ batchSize: left, validationShare: 0.2 }, info)).not.toThrow();
    expect(() => checkFit({ batchSize: left + 1, validationShare: 0.2 }, info)).toThrow(
      `A batch of ${left + 1} images is more than the ${left} images that the validation split leaves to train ` +
        `on, of ${labels.length} in this dataset. Please choose a smaller batch size.`,
    );
  });

  it('may be all images if there is no validation split', () => {
    expect(() => checkFit({ batchSize: labels.length, validationShare: 0 }, info)).not.toThrow();
    expect(() => checkFit({ batchSize: labels.length + 1, validationShare: 0 }, info)).toThrow(
      `the ${labels.length} training images`,
    );
  });
});
