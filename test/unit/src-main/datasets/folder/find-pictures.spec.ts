// What is said of pictures that are not read, or are not as the others.
import { describe, expect, it } from 'vitest';
import { openPaths } from '../../../../fixtures/folders';
import { pngBytes, pngFiles, smallImages } from '../../../../fixtures/other-datasets';

const [train, test] = [smallImages(30), smallImages(12)];
const sets = { ...pngFiles(train, 'train/'), ...pngFiles(test, 'test/') };
const onPaper = { ...train, pixels: train.pixels.map((pixel) => 255 - pixel) };

describe('a note says', () => {
  it('that pictures in other formats were passed over, and which classes are lost', async () => {
    const { info } = await openPaths({ ...sets, 'train/1/a.jpg': 'x', 'train/3/a.jpg': 'x', 'train/3/b.JPEG': 'x' });
    expect(info.notes).toEqual([
      'train: pictures in other formats than PNG were passed over (3), so that “3” is no class here. Please ' +
        'save them as PNG if they belong to the dataset.',
    ]);
  });

  it('that a validation set beside a test set is not used', async () => {
    const { info } = await openPaths({ ...sets, ...pngFiles(test, 'val/') });
    expect([info.trainCount, info.testCount, info.notes]).toEqual([
      30,
      12,
      [expect.stringMatching(/^val: the pictures of a validation set are not used/)],
    ]);
  });

  it('by their names which classes only the test set has', async () => {
    const { info } = await openPaths({
      ...sets,
      ...pngFiles(test, 'test/', (label) => (label === 2 ? 'two' : String(label))),
      'test/2/2.png': sets['test/2/2.png']!,
    });
    expect(info.notes.join()).toContain('have a label that no training image has (“two”)');
  });
});

describe('dark ink on paper is inverted', () => {
  it.each([
    ['training', pngFiles(onPaper, 'train/'), pngFiles(test, 'test/'), false],
    [
      'test',
      pngFiles(train, 'train/'),
      pngFiles({ ...test, pixels: test.pixels.map((pixel) => 255 - pixel) }, 'test/'),
      true,
    ],
  ])('if only the %s pictures are so', async (which, trainFiles, testFiles, inverted) => {
    const found = await openPaths({ ...trainFiles, ...testFiles });
    expect(found.train.pixels.subarray(0, 16)).toEqual(train.pixels.subarray(0, 16));
    expect(found.test.pixels.subarray(0, 16)).toEqual(test.pixels.subarray(0, 16));
    expect(found.info.notes).toEqual([expect.stringMatching(`^Only the ${which} pictures show dark ink`)]);
    expect(found.info.testSource).toMatchObject({ inverted });
  });

  it.each([0, 90, 255])('if it is drawn with gray %i on nothing', async (gray) => {
    const drawn = (images: typeof train) => (path: string, k: number) => {
      const pixels = images.pixels.subarray(16 * k, 16 * (k + 1));
      return [
        path,
        pngBytes(
          4,
          [0, 1, 2, 3].map((y) =>
            Uint8Array.from({ length: 8 }, (_, x) => (x % 2 === 0 ? gray : pixels[4 * y + (x >> 1)]!)),
          ),
          { colour: 4 },
        ),
      ];
    };
    const files = (images: typeof train, root: string) =>
      Object.fromEntries(images.labels.map((label, k) => drawn(images)(`${root}/${label}/${k}.png`, k)));
    const found = await openPaths({ ...files(train, 'train'), ...files(test, 'test') } as Record<string, Uint8Array>);
    expect(found.train.pixels.subarray(0, 16)).toEqual(train.pixels.subarray(0, 16));
  });
});
