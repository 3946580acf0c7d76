// Refusals first: each names the file and says what was expected.
import { describe, expect, it } from 'vitest';
import type { SplitFile } from '../../../../../src-shared/contract';
import type { DatasetFiles } from '../../../../../src-main/trainer/data/dataset';
import { StudioError } from '../../../../../src-shared/errors';
import { parseDataset, sampleImages } from '../../../../../src-main/trainer/data/dataset';
import { gzip, idxBytes, smallDatasetFiles } from '../../../../fixtures/idx';
import { loadMnist } from '../../../../fixtures/mnist';

const SMALL = { train: 40, test: 20, rows: 4, columns: 5 };
const FOLDER = { kind: 'folder', folder: '/data/my digits' } as const;

/** A small valid dataset with the bytes of one file replaced. */
function withFile(split: SplitFile, bytes: Uint8Array): DatasetFiles {
  const files = smallDatasetFiles(SMALL);
  return { ...files, [split]: { ...files[split], bytes } };
}

function refusal(files: DatasetFiles): StudioError {
  try {
    parseDataset(files, FOLDER);
  } catch (error) {
    if (error instanceof StudioError) return error;
    throw error;
  }
  throw new Error('The files were accepted.');
}

describe('a dataset is refused', () => {
  const labels = (count: number, value = 3) => idxBytes([count], new Uint8Array(count).fill(value));

  it('when a .gz is no IDX file', () => {
    const error = refusal(withFile('testLabels', gzip(new TextEncoder().encode('<html>Not found</html>'))));
    expect(error.code).toBe('not-idx');
    expect(error.message).toContain('t10k-labels-idx1-ubyte.gz is not an IDX file of labels: expected it to begin with the bytes 00 00 08 01, found the bytes 3c 68 74 6d.');
  });

  it('when images and labels are swapped', () => {
    const { trainImages } = smallDatasetFiles(SMALL);
    const error = refusal(withFile('trainLabels', trainImages.bytes));
    expect(error.message).toContain('expected it to begin with the bytes 00 00 08 01, found the bytes 00 00 08 03');
  });

  it('when a file is empty', () => {
    expect(refusal(withFile('trainImages', new Uint8Array())).message).toContain('found only 0 bytes');
    expect(refusal(withFile('trainImages', gzip(new Uint8Array()))).message).toContain('found only 0 bytes');
  });

  it.each([1, 2, 3, 8, 9, 12])('when a .gz is cut off after %i bytes', (length) => {
    const { trainImages } = smallDatasetFiles(SMALL);
    const error = refusal(withFile('trainImages', trainImages.bytes.subarray(0, length)));
    expect(['file-truncated', 'not-idx']).toContain(error.code);
    expect(error.message).toContain('train-images-idx3-ubyte.gz');
  });

  it('when a .gz is cut off in the middle or only its end is missing', () => {
    const { trainImages } = smallDatasetFiles({ ...SMALL, train: 2000 });
    for (const length of [trainImages.bytes.length >> 1, trainImages.bytes.length - 4]) {
      const error = refusal(withFile('trainImages', trainImages.bytes.subarray(0, length)));
      expect(error.code).toBe('file-truncated');
      expect(error.message).toMatch(/^train-images-idx3-ubyte\.gz is cut off: it should unpack to 40,016 bytes, but ends after [\d,]+ bytes\./);
    }
  });

  it('when a byte of the .gz was changed', () => {
    const bytes = smallDatasetFiles(SMALL).testImages.bytes.slice();
    bytes[bytes.length - 8]! ^= 1;
    const error = refusal(withFile('testImages', bytes));
    expect(error.message).toContain('t10k-images-idx3-ubyte.gz is damaged: its gzip data cannot be unpacked (incorrect data check)');
  });

  it('when a plain file is shorter or longer than its header says', () => {
    expect(refusal(withFile('trainLabels', labels(40).subarray(0, 30))).message).toContain('it should unpack to 48 bytes, but ends after 30 bytes');
    expect(refusal(withFile('trainLabels', new Uint8Array([...labels(40), 0]))).message).toContain('longer than its header says: expected 48 bytes, found 49 bytes');
  });

  it('when the header promises no images, or more than any memory holds', () => {
    expect(refusal(withFile('trainImages', idxBytes([0, 28, 28], new Uint8Array()))).message).toContain('says that it holds no images');
    expect(refusal(withFile('trainImages', idxBytes([4294967295, 65535, 65535], new Uint8Array(9)))).code).toBe('file-truncated');
  });

  it('when images and labels differ in number', () => {
    const error = refusal(withFile('trainLabels', labels(39)));
    expect(error.code).toBe('counts-differ');
    expect(error.message).toContain('train-labels-idx1-ubyte.gz holds 39 labels, but train-images-idx3-ubyte.gz holds 40 images');
  });

  it('when training and test images differ in size', () => {
    const error = refusal(withFile('testImages', idxBytes([20, 5, 5], new Uint8Array(500))));
    expect(error.code).toBe('sizes-differ');
    expect(error.message).toContain('t10k-images-idx3-ubyte.gz holds images of 5×5 pixels, but train-images-idx3-ubyte.gz holds 4×5');
  });

  it('when a label is above 9', () => {
    const error = refusal(withFile('testLabels', labels(20, 12)));
    expect(error.code).toBe('label-out-of-range');
    expect(error.message).toContain('t10k-labels-idx1-ubyte.gz holds the label 12 (of image 0, counted from 0): expected digits from 0 to 9');
  });
});

describe('a dataset is read', () => {
  it('from gzip and plain files alike, whatever their names', () => {
    const zipped = parseDataset(smallDatasetFiles(SMALL), FOLDER);
    const plain = parseDataset(withFile('trainLabels', idxBytes([40], Uint8Array.from({ length: 40 }, (_, k) => k % 10))), FOLDER);
    expect(plain.train.labels).toEqual(zipped.train.labels);
    expect(plain.info.hash).toBe(zipped.info.hash);
    expect(zipped.info).toMatchObject({ name: 'my digits', trainCount: 40, testCount: 20, rows: 4, columns: 5, zeroShare: 0.95 });
  });

  it('and the real MNIST is recognised, counted and sampled', () => {
    const mnist = loadMnist();
    expect(mnist.info).toMatchObject({ name: 'MNIST', trainCount: 60_000, testCount: 10_000, rows: 28, columns: 28 });
    expect(mnist.info.trainPerClass).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    expect(mnist.info.testPerClass).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    expect(mnist.info.zeroShare).toBeCloseTo(0.8088, 4);
    expect([...mnist.train.labels.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);
    const { samples, sampleLabels } = sampleImages(mnist, 2);
    expect([...sampleLabels]).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9]);
    expect(samples.subarray(0, 784)).toEqual(mnist.train.pixels.subarray(784, 1568));
  });
});
