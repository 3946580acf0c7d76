// Images as other programs write them, with other types of numbers and other shapes.
import { describe, expect, it } from 'vitest';
import { pixelsOf } from '../../../../../../src-main/trainer/data/idx/pixels';
import { openFiles } from '../../../../../fixtures/folders';
import {
  datasetOfPixels,
  datasetWith,
  idxOf,
  pixelsInTurn,
  type NumberType,
} from '../../../../../fixtures/idx-datasets';

const refused = (files: Parameters<typeof openFiles>[0], sentence: string) =>
  expect(openFiles(files)).rejects.toThrow(sentence);

describe('images are refused', () => {
  it('if their range is not that of pixels', async () => {
    await refused(
      datasetOfPixels('float32', (byte) => (byte / 255 - 0.1307) / 0.3081),
      'train-images-idx3-ubyte holds pixels from -0.4242 to 2.821: expected 0 to 255, 0 to 1',
    );
    await refused(
      datasetOfPixels('float32', (byte) => byte / 100),
      'holds pixels from 0 to 2.55',
    );
    await refused(
      datasetOfPixels('int16', (byte) => byte * 100),
      'holds pixels from 0 to 25500',
    );
    await refused(
      datasetOfPixels('float64', (byte) => byte - 100),
      'holds pixels from -100 to 155',
    );
  });

  it.each([NaN, Infinity])('if a pixel is %s', async (value) => {
    await refused(
      datasetOfPixels('float32', (byte) => (byte === 100 ? value : byte)),
      `holds a pixel that is not a number (${value})`,
    );
  });

  it('if they are unsigned bytes in a file of signed bytes', async () => {
    await refused(
      datasetOfPixels('int8', (byte) => byte),
      'as if unsigned bytes had been written as signed ones',
    );
  });

  it('if training and test images are in different ranges', async () => {
    const trainImages = idxOf([40, 4, 4], Array.from(pixelsInTurn(40)), 'float32');
    const testImages = idxOf(
      [20, 4, 4],
      Array.from(pixelsInTurn(20), (byte) => byte / 255),
      'float32',
    );
    await refused(
      datasetWith({ trainImages, testImages }),
      'train-images-idx3-ubyte holds pixels from 0 to 255, and t10k-images-idx3-ubyte holds pixels from 0 to ' +
        '1: expected the same range',
    );
  });
});

describe('images are read', () => {
  it.each<[string, NumberType, (byte: number) => number, scale: number, offset: number, note: string | undefined]>([
    ['bytes', 'uint8', (byte) => byte, 1 / 255, 0, undefined],
    ['shorts from 0 to 255', 'int16', (byte) => byte, 1 / 255, 0, undefined],
    ['integers from 0 to 255', 'int32', (byte) => byte, 1 / 255, 0, undefined],
    ['fractions from 0 to 1', 'float32', (byte) => byte / 255, 1, 0, 'from 0 to 1'],
    ['fractions from 0 to 1', 'float64', (byte) => byte / 255, 1, 0, 'from 0 to 1'],
    ['fractions from 0 to 255', 'float32', (byte) => byte, 1 / 255, 0, 'rounded'],
    ['fractions from −1 to 1', 'float32', (byte) => byte / 127.5 - 1, 1 / 2, 1 / 2, 'from -1 to 1'],
    ['fractions from −0.5 to 0.5', 'float64', (byte) => byte / 255 - 0.5, 1, 0.5, 'from -0.5 to 0.5'],
    ['signed bytes from −128 to 127', 'int8', (byte) => byte - 128, 1 / 255, 128 / 255, 'from -128 to 127'],
  ])('from %s (%s)', async (_what, type, write, scale, offset, note) => {
    const { info, train, test } = await openFiles(datasetOfPixels(type, write));
    expect([train.pixels, test.pixels]).toEqual([pixelsInTurn(40), pixelsInTurn(20)]);
    expect(info.notes.join()).toMatch(note === undefined ? /^$/ : new RegExp(note));
    expect(info.testSource).toMatchObject({ scale: expect.closeTo(scale), offset: expect.closeTo(offset) });
  });

  it.each<NumberType>(['uint8', 'int32', 'float32'])('from zeros and ones of %s, where 1 is ink', async (type) => {
    const { info, train } = await openFiles(datasetOfPixels(type, (byte) => Number(byte > 0)));
    expect(train.pixels).toEqual(pixelsInTurn(40).map((byte) => (byte > 0 ? 255 : 0)));
    expect(info.notes).toEqual([
      'The pixels of the files go from 0 to 1: they were read so that 0 is the background and 1 is ink.',
    ]);
  });

  it.each<NumberType>(['uint8', 'int32'])(
    'from 17 gray levels of %s, scaled by the maximum of both sets',
    async (type) => {
      const trainImages = idxOf(
        [40, 4, 4],
        Array.from(pixelsInTurn(40), (byte) => byte >> 4),
        type,
      );
      const testImages = idxOf(
        [20, 4, 4],
        Array.from(pixelsInTurn(20), (byte) => (byte + 1) >> 4),
        type,
      );
      const { info, train } = await openFiles(datasetWith({ trainImages, testImages }));
      expect(train.pixels).toEqual(pixelsInTurn(40).map((byte) => Math.round(((byte >> 4) * 255) / 16)));
      expect(info.notes).toEqual([
        'The pixels of the files go from 0 to 16: they were multiplied by 15.94, so that 16 is full ink.',
      ]);
      expect(info.testSource).toMatchObject({ scale: 1 / 16, offset: expect.closeTo(0) });
    },
  );

  it('from gray levels of unsigned bytes as they are, if version 0.1 read them', () => {
    const file = { name: 'images', packedHash: '', type: 8, dimensions: [1, 2, 2], values: Uint8Array.of(0, 3, 16, 1) };
    expect(pixelsOf([file], { keepBytes: true }).bytes).toEqual([Uint8Array.of(0, 3, 16, 1)]);
  });

  it('from a small test set of integers that has only zeros and ones by chance', async () => {
    const testImages = idxOf([20, 4, 4], new Uint8Array(320).fill(1, 0, 20));
    expect((await openFiles(datasetWith({ testImages }))).test.pixels.indexOf(1)).toBe(0);
  });

  it.each([[[1, 4, 4]], [[4, 4, 1]], [[16]]])('of shape [count, %j]', async (shape) => {
    const { info, train } = await openFiles(datasetOfPixels('uint8', (byte) => byte, shape));
    expect(train.pixels).toEqual(pixelsInTurn(40));
    expect([info.rows, info.columns]).toEqual([4, 4]);
    expect(info.notes).toEqual(
      shape.length > 1
        ? []
        : ['The files hold 16 numbers for each image, without rows and columns: they were read as 4×4 pixels.'],
    );
  });

  it('and notes say what is unusual about them', async () => {
    const notes = async (files: Parameters<typeof openFiles>[0]) => (await openFiles(files)).info.notes.join(' ');
    const all = datasetWith({});
    expect(
      await notes({
        ...all,
        testImages: { ...all.trainImages, name: all.testImages.name },
        testLabels: { ...all.trainLabels, name: all.testLabels.name },
      }),
    ).toContain('The test images are the training images');
    expect(
      await notes({
        trainImages: { ...all.testImages, name: all.trainImages.name },
        trainLabels: { ...all.testLabels, name: all.trainLabels.name },
        testImages: { ...all.trainImages, name: all.testImages.name },
        testLabels: { ...all.trainLabels, name: all.testLabels.name },
      }),
    ).toContain('There are more test images (40) than training images (20).');
    expect(await notes(datasetWith({ trainImages: idxOf([40, 4, 4], new Uint8Array(640)) }))).toContain(
      'All pixels of the training images are the same',
    );
  });
});
