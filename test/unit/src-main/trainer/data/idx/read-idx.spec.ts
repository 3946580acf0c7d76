// Reads single IDX files. Refusals first: each names the file and says what was expected.
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findFile, readIdx, type IdxFile } from '../../../../../../src-main/trainer/data/idx/read-idx';
import type { Content } from '../../../../../../src-main/trainer/data/idx/idx-header';
import { StudioError } from '../../../../../../src-shared/errors';
import { makeFolder } from '../../../../../fixtures/folders';
import { gzip, idxBytes } from '../../../../../fixtures/idx';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ folder, remove } = await makeFolder()));
afterEach(() => remove());

const NAME = 'train-images-idx3-ubyte.gz';
const IMAGES = idxBytes(
  [40, 4, 5],
  Uint8Array.from({ length: 800 }, (_, k) => k % 251),
);
const text = (words: string) => new TextEncoder().encode(words);
const concat = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

async function read(
  bytes: Uint8Array,
  content: Content = 'images',
  onRead: (bytes: number) => void = () => undefined,
): Promise<IdxFile> {
  await writeFile(join(folder, NAME), bytes);
  return readIdx(await findFile(join(folder, NAME)), content, createHash('sha256'), onRead);
}

async function refusal(reading: Promise<unknown>): Promise<StudioError> {
  const outcome = await reading.then(
    () => new Error('It was accepted.'),
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(StudioError);
  expect((outcome as StudioError).message).toContain(NAME);
  return outcome as StudioError;
}
const refused = (bytes: Uint8Array, content?: Content) => refusal(read(bytes, content));

describe('an IDX file is refused', () => {
  it('when it is another kind of file, zipped or not', async () => {
    const page = text('<html><title>Not found</title></html>');
    for (const [bytes, what] of [
      [page, 'a web page (“Not found”)'],
      [gzip(page), 'a gzip file that holds a web page (“Not found”)'],
    ] as const) {
      expect(await refused(bytes, 'labels')).toMatchObject({
        code: 'not-idx',
        message:
          `${NAME} is ${what}: expected an IDX file of labels. Please download it again, from an address that ` +
          'gives the file itself.',
      });
    }
    expect((await refused(gzip(gzip(IMAGES)))).message).toMatch(
      /is a file that was compressed with gzip twice: expected an IDX file of images\. Please unpack it once/,
    );
    expect(await refused(Uint8Array.of(0x99, 1, 2, 3, 0xfe))).toMatchObject({
      code: 'not-idx',
      message:
        `${NAME} is not an IDX file of images: it does not begin as one. Please choose a folder with the ` +
        'original MNIST files.',
    });
  });

  it('when it holds labels instead of images, or images instead of labels', async () => {
    expect(await refused(IMAGES, 'labels')).toMatchObject({
      code: 'not-idx',
      message: expect.stringContaining('holds 40 items of 4×5 numbers each, as images are: expected labels'),
    });
    expect((await refused(idxBytes([3], Uint8Array.of(1, 2, 3)))).message).toContain(
      'holds 3 items of one number each, as labels are: expected images',
    );
  });

  it.each([0x00, 0x07, 0x0a, 0x0f])('when its numbers are of type %i, which there is not', async (type) => {
    expect((await refused(idxBytes([40, 4, 5], new Uint8Array(6400), type))).code).toBe('not-idx');
  });

  it('when its images are in colour, with what to do', async () => {
    expect((await refused(idxBytes([2, 5, 5, 3], new Uint8Array(150)))).message).toMatch(
      /holds colour images \(5×5×3 numbers each\).*images\.mean\(axis=-1\)/,
    );
    expect((await refused(idxBytes([2, 3, 5, 5], new Uint8Array(150)))).message).toContain('images.mean(axis=1)');
  });

  it.each([[[2, 12]], [[2, 2, 5, 5]], [[2, 5, 5, 2]]])('when its images have the shape %j', async (dimensions) => {
    expect((await refused(idxBytes(dimensions, new Uint8Array(64)))).message).toContain(
      'which are not a gray image: expected rows × columns',
    );
  });

  it('when it is little-endian, as a whole or only in its header', async () => {
    const all = IMAGES.slice();
    for (const at of [0, 4, 8, 12]) all.subarray(at, at + 4).reverse();
    const header = IMAGES.slice();
    for (const at of [4, 8, 12]) header.subarray(at, at + 4).reverse();
    for (const bytes of [all, header, gzip(header)])
      expect((await refused(bytes)).message).toContain('is written with the lowest byte first (little-endian)');
    expect((await refused(Uint8Array.of(0, 0, 8, 1, 3, 0, 0, 0, 7, 7, 7), 'labels')).message).toContain(
      'little-endian',
    );
  });

  it('when it is empty', async () => {
    expect((await refused(new Uint8Array())).message).toContain('is an empty file');
    expect((await refused(gzip(new Uint8Array()))).message).toContain('holds an empty file');
    expect((await refused(Uint8Array.of(0, 0, 8))).message).toContain('has only 3 bytes');
  });

  it('when it ends within its header', async () => {
    for (const bytes of [IMAGES.subarray(0, 9), gzip(IMAGES.subarray(0, 9))]) {
      expect(await refused(bytes)).toMatchObject({
        code: 'file-truncated',
        message: expect.stringContaining('is cut off: its header is cut off'),
      });
    }
  });

  it.each([1, 2, 3, 8, 9, 12, 18])('when a .gz is cut off after %i bytes', async (length) => {
    const { code } = await refused(gzip(IMAGES).subarray(0, length));
    expect(code).toBe(length === 1 ? 'not-idx' : 'file-truncated');
  });

  it('when a .gz is cut off: the message counts the bytes', async () => {
    const random = Uint8Array.from({ length: 40_000 }, (_, k) => Math.imul(k, 0x9e3779b1) >>> 24);
    const packed = gzip(idxBytes([2000, 4, 5], random));
    const { code, message } = await refused(packed.subarray(0, packed.length >> 1));
    expect(code).toBe('file-truncated');
    const found = /is cut off: it should unpack to 40,016 bytes, but ends after ([\d,]+) bytes\./.exec(message);
    expect(Number(found![1]!.replace(',', ''))).toBeGreaterThan(1000);
  });

  it('when only the checksum of a .gz is missing', async () => {
    const packed = gzip(IMAGES);
    for (const missing of [1, 4, 8]) {
      const { code, message } = await refused(packed.subarray(0, packed.length - missing));
      expect([code, message]).toEqual([
        'file-truncated',
        expect.stringContaining('is cut off: the check sum at its end is missing'),
      ]);
    }
  });

  it.each([
    ['check sum', 8, 'incorrect data check'],
    ['length', 4, 'incorrect length check'],
  ])('when the %s of a .gz is wrong', async (_what, fromEnd, reason) => {
    const packed = gzip(IMAGES);
    packed[packed.length - fromEnd]! ^= 1;
    const { code, message } = await refused(packed);
    expect([code, message]).toEqual([
      'file-truncated',
      expect.stringContaining(`is damaged: its gzip data cannot be unpacked (${reason})`),
    ]);
  });

  it('when a .gz holds garbage, or garbage follows its data', async () => {
    expect(
      (await refused(concat(Uint8Array.of(0x1f, 0x8b), text('no gzip at all, but long enough')))).message,
    ).toContain('is damaged');
    expect((await refused(concat(gzip(IMAGES), text('garbage')))).message).toContain('is damaged');
  });

  it('when a plain file is shorter or longer than its header says', async () => {
    expect(await refused(IMAGES.subarray(0, 700))).toMatchObject({
      code: 'file-truncated',
      message: expect.stringContaining('should have 816 bytes, but ends after 700 bytes'),
    });
    expect(await refused(concat(IMAGES, Uint8Array.of(0)))).toMatchObject({
      code: 'not-idx',
      message: expect.stringContaining('longer than its header says: expected 816 bytes, found 817 bytes'),
    });
  });

  it('when a .gz unpacks to more than its header says, before all of it is unpacked', async () => {
    const bomb = gzip(concat(IMAGES, new Uint8Array(100_000_000)));
    const before = process.memoryUsage().arrayBuffers;
    expect(await refused(bomb)).toMatchObject({
      code: 'not-idx',
      message: expect.stringContaining('longer than its header says: expected 816 bytes, found more'),
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
  });

  it('when the header in a .gz says more than deflate can unpack to, before memory is allocated', async () => {
    const liar = gzip(idxBytes([1_000_000, 28, 28], new Uint8Array(900)));
    const before = process.memoryUsage().arrayBuffers;
    expect(await refused(liar)).toMatchObject({
      code: 'file-truncated',
      message: expect.stringMatching(/its header promises 784,000,016 bytes, more than its \d+ bytes can unpack to/),
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
  });

  it.each([[[0, 28, 28]], [[5, 0, 28]], [[5, 28, 0]]])('when its header says %j', async (dimensions) => {
    expect(await refused(idxBytes(dimensions, new Uint8Array(9)))).toMatchObject({
      code: 'not-idx',
      message: expect.stringContaining('says that it holds no images'),
    });
  });

  it.each([[[1, 257, 4]], [[1, 4, 257]], [[4294967295, 65535, 65535]]])(
    'when its images are too large: %j',
    async (dimensions) => {
      expect(await refused(idxBytes(dimensions, new Uint8Array(1028)))).toMatchObject({
        code: 'too-large',
        message: expect.stringContaining('expected at most 256 each way'),
      });
    },
  );

  it('when it has more than 1 GiB, or more images than any dataset', async () => {
    expect(await refused(idxBytes([1_400_000, 28, 28], new Uint8Array(9)))).toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('1,097,600,000 bytes: expected at most 16,777,216 and 1,073,741,824 bytes'),
    });
    expect((await refused(idxBytes([16_777_217, 1, 1], new Uint8Array(9)))).code).toBe('too-large');
    expect((await refused(idxBytes([4294967295], new Uint8Array(9)), 'labels')).code).toBe('too-large');
  });

  it('when it is a folder, a link to nowhere or to itself, or a pipe', async () => {
    const path = join(folder, NAME);
    const reason = async () => {
      const error = await refusal(findFile(path));
      expect(error.code).toBe('file-unreadable');
      await rm(path, { recursive: true, force: true });
      return error.message;
    };
    expect(await reason()).toBe(
      `${NAME} cannot be read: it does not exist. Please check the file, or choose another folder.`,
    );
    await mkdir(path);
    expect(await reason()).toContain('it is a folder, not a file');
    await symlink(join(folder, 'nowhere'), path);
    expect(await reason()).toContain('it does not exist');
    await symlink(path, path);
    expect(await reason()).toContain('its links lead in a circle');
    if (process.platform === 'win32') return;
    execFileSync('mkfifo', [path]);
    expect(await reason()).toContain('it is not a file');
  });

  it('when it disappears after it was found', async () => {
    await writeFile(join(folder, NAME), IMAGES);
    const found = await findFile(join(folder, NAME));
    await rm(found.path);
    const error = await refusal(readIdx(found, 'images', createHash('sha256'), () => undefined));
    expect(error).toMatchObject({ code: 'file-unreadable', message: expect.stringContaining('it does not exist') });
  });
});

describe('an IDX file is read', () => {
  it('plain or compressed, whatever its name', async () => {
    const zipped = await read(gzip(IMAGES));
    const plain = await read(IMAGES);
    expect(plain).toMatchObject({ name: NAME, dimensions: [40, 4, 5] });
    expect(plain.values).toEqual(IMAGES.slice(16));
    expect(zipped.values).toEqual(plain.values);
  });

  it('and hashed both compressed and unpacked', async () => {
    const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    const packed = gzip(IMAGES);
    await writeFile(join(folder, NAME), packed);
    const hash = createHash('sha256');
    const { packedHash } = await readIdx(await findFile(join(folder, NAME)), 'images', hash, () => undefined);
    expect(packedHash).toBe(sha256(packed));
    expect(hash.digest('hex')).toBe(sha256(IMAGES));
  });

  it('from several gzip members, even if one ends within the header', async () => {
    const members = [IMAGES.subarray(0, 2), IMAGES.subarray(2, 6), IMAGES.subarray(6, 300), IMAGES.subarray(300)].map(
      gzip,
    );
    expect((await read(concat(...members))).values).toEqual(IMAGES.slice(16));
  });

  it('with zero bytes after its gzip data, few or many', async () => {
    for (const padding of [1, 512, 5_000_000])
      expect((await read(concat(gzip(IMAGES), new Uint8Array(padding)))).values).toEqual(IMAGES.slice(16));
  });

  it('in chunks, and reports each of them', async () => {
    const random = Uint8Array.from({ length: 4_000_000 }, (_, k) => Math.imul(k ^ (k >>> 3), 0x9e3779b1) >>> 23);
    const bytes = idxBytes([4000, 25, 40], random);
    const portions: number[] = [];
    const { values } = await read(bytes, 'images', (count) => portions.push(count));
    expect(Buffer.compare(values, random)).toBe(0);
    expect(portions.length).toBeGreaterThan(2);
    expect(portions.reduce((sum, count) => sum + count, 0)).toBe(bytes.length);
  });
});
