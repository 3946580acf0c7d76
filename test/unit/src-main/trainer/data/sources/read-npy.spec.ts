// Arrays that look intact, but contradict their file or archive.
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readNpy } from '../../../../../../src-main/trainer/data/sources/read-npy';
import { openPaths } from '../../../../../fixtures/folders';
import { npyBytes, npyFiles, smallImages } from '../../../../../fixtures/other-datasets';
import { tarBytes } from '../../../../../fixtures/tar';

const arrays = npyFiles(smallImages(30), smallImages(12));
/** With one pixel changed. */
function damaged(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  const at = Buffer.from(copy).indexOf(Uint8Array.of(255, 0, 0, 0));
  copy[at]! ^= 1;
  return copy;
}

describe('an array is refused', () => {
  it('if the checksum of its archive is wrong', async () => {
    await expect(openPaths({ 'mnist.npz': damaged(zipSync(arrays, { level: 0 })) })).rejects.toThrow(
      'its file “x_train.npy” is damaged: its check sum is wrong',
    );
    const { 'x_train.npy': images, ...others } = arrays;
    await expect(openPaths({ ...others, 'x_train.npy.gz': damaged(gzipSync(images!, { level: 0 })) })).rejects.toThrow(
      'x_train.npy.gz is damaged',
    );
    await expect(openPaths({ 'mnist.tar.gz': damaged(gzipSync(tarBytes(arrays), { level: 0 })) })).rejects.toThrow(
      'mnist.tar.gz is damaged',
    );
  });

  it('if more data follows', async () => {
    const twice = Buffer.concat([arrays['y_train.npy']!, arrays['y_train.npy']!]);
    await expect(openPaths({ ...arrays, 'y_train.npy': twice })).rejects.toThrow(
      'y_train.npy cannot be read: there is more after the last number of its array. Please',
    );
  });

  it.each(['x_train', 'y_train'])('if %s is a single number', async (name) => {
    await expect(openPaths({ ...arrays, [`${name}.npy`]: npyBytes([], Uint8Array.of(3)) })).rejects.toThrow(
      `${name}.npy cannot be read: it is a single number`,
    );
  });
});

describe('what an array is read from', () => {
  it.each([
    ['was read', npyBytes([4], new Uint8Array(4))],
    ['cannot be read', npyBytes([4], new Uint8Array(4), '|O')],
  ])('is closed if it %s', async (_what, bytes) => {
    let isClosed = false;
    const portions = (async function* () {
      try {
        yield bytes.subarray(0, 20);
        yield bytes.subarray(20);
      } finally {
        isClosed = true;
      }
    })();
    await readNpy('y', bytes.length, portions).catch(() => undefined);
    expect(isClosed).toBe(true);
  });
});
