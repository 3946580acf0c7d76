// Files of the HDF5 library, in each of the ways in which it stores groups, attributes and arrays.
import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../../../src-shared/errors';
import { isHdf5, readHdf5, type Hdf5Dataset, type Hdf5Group } from '../../../../../src-main/formats/hdf5/read';
import { counted, hdf5Of } from '../../../../fixtures/keras-files';

const SHAPE = [7, 5];
const VALUES = counted(SHAPE);
const VERSIONS = [
  { newest: false },
  { newest: true },
  { newest: false, trackOrder: true },
  { newest: true, trackOrder: true },
];

function at(root: Hdf5Group, path: string): Hdf5Dataset {
  const node = path
    .split('/')
    .reduce<Hdf5Group | Hdf5Dataset | undefined>(
      (from, name) => (from?.kind === 'group' ? from.members.get(name) : undefined),
      root,
    );
  if (node?.kind !== 'dataset') throw new Error(`${path} is no dataset.`);
  return node;
}

function floats(dataset: Hdf5Dataset): Float32Array {
  return new Float32Array(Uint8Array.from(dataset.read()).buffer);
}

/** Replaces every occurrence of these bytes. */
function changed(bytes: Uint8Array, from: readonly number[], to: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  const found = [...bytes.keys()].filter((start) => from.every((byte, k) => bytes[start + k] === byte));
  expect(found).not.toEqual([]);
  found.forEach((start) => copy.set(to, start));
  return copy;
}

describe('a file is refused', () => {
  it('if it is not HDF5, or of a future version', async () => {
    expect(isHdf5(new TextEncoder().encode('<html>'))).toBe(false);
    const newest = await hdf5Of({ shapes: { a: [2] }, newest: true });
    newest[8] = 9;
    expect(() => readHdf5(newest, 'n.h5')).toThrow('it is HDF5 of a newer version');
  });

  it('if it is cut off anywhere', async () => {
    for (const version of VERSIONS) {
      const bytes = await hdf5Of({
        arrays: { 'g/a': { shape: SHAPE, values: VALUES, chunks: [2, 2], filter: 'gzip' } },
        ...version,
      });
      const whole = floats(at(readHdf5(bytes, 'n.h5'), 'g/a'));
      for (let length = 20; length < bytes.length; length += 97) {
        try {
          // The last bytes may be unused.
          expect(floats(at(readHdf5(bytes.slice(0, length), 'n.h5'), 'g/a'))).toEqual(whole);
        } catch (error) {
          expect(error).toBeInstanceOf(StudioError);
        }
      }
    }
  });

  it('if a part of it is in another file, or an array can grow without limit', async () => {
    const elsewhere = await hdf5Of({ externalLinks: { a: '/a' } });
    expect(() => readHdf5(elsewhere, 'n.h5')).toThrow('its member “a” is in another file');
    const growing = await hdf5Of({
      arrays: { a: { shape: SHAPE, values: VALUES, chunks: [2, 2], growing: true } },
      newest: true,
    });
    expect(() => at(readHdf5(growing, 'n.h5'), 'a').read()).toThrow('arrays that can grow without limit');
  });

  it('if its soft links form a long chain', async () => {
    // Sorted so that each link refers to the one that is read after it.
    const chain = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, k) => [
          `l${String(k).padStart(3, '0')}`,
          `/l${String(k + 1).padStart(3, '0')}`,
        ]),
      );
    const long = await hdf5Of({ shapes: { l100: [3] }, softLinks: chain(100) });
    expect(() => readHdf5(long, 'n.h5')).toThrow('it has a chain of more than 16 soft links');
    const short = readHdf5(await hdf5Of({ shapes: { l016: [3] }, softLinks: chain(16) }), 'n.h5');
    expect(floats(at(short, 'l000'))).toEqual(floats(at(short, 'l016')));
  });

  it('if a checksum is wrong', async () => {
    const bytes = await hdf5Of({
      arrays: { a: { shape: [4], values: Float32Array.of(1.5, 2.5, 3.5, 4.5), chunks: [4], filter: 3 } },
    });
    expect(floats(at(readHdf5(bytes, 'n.h5'), 'a'))).toEqual(Float32Array.of(1.5, 2.5, 3.5, 4.5));
    const damaged = changed(bytes, [...new Uint8Array(Float32Array.of(2.5, 3.5).buffer)], [1]);
    expect(() => at(readHdf5(damaged, 'n.h5'), 'a').read()).toThrow('its HDF5 structure is damaged');
  });
});

describe('a file is read', () => {
  it.each(VERSIONS)(
    'with contiguous, chunked and compressed arrays, with reordered bytes and with checksums: %j',
    async (version) => {
      const bytes = await hdf5Of({
        arrays: {
          plain: { shape: SHAPE, values: VALUES },
          'chunks/few': { shape: SHAPE, values: VALUES, chunks: [7, 5] },
          'chunks/small': { shape: SHAPE, values: VALUES, chunks: [2, 3] },
          'packed/gzip': { shape: SHAPE, values: VALUES, chunks: [2, 3], filter: 'gzip' },
          'packed/whole': { shape: SHAPE, values: VALUES, chunks: [7, 5], filter: 'gzip' },
          'packed/shuffle': { shape: SHAPE, values: VALUES, chunks: [4, 4], filter: 2 },
          'packed/checked': { shape: SHAPE, values: VALUES, chunks: [4, 4], filter: 3 },
          many: { shape: [150, 20], values: counted([150, 20]), chunks: [1, 2], filter: 'gzip' },
          cube: { shape: [3, 4, 5], values: counted([3, 4, 5]), chunks: [2, 3, 2] },
        },
        ...version,
      });
      const root = readHdf5(bytes, 'n.h5');
      for (const path of [
        'plain',
        'chunks/few',
        'chunks/small',
        'packed/gzip',
        'packed/whole',
        'packed/shuffle',
        'packed/checked',
      ]) {
        expect(at(root, path).shape, path).toEqual(SHAPE);
        expect(floats(at(root, path)), path).toEqual(VALUES);
      }
      expect(floats(at(root, 'many'))).toEqual(counted([150, 20]));
      expect(floats(at(root, 'cube'))).toEqual(counted([3, 4, 5]));
    },
  );

  it.each(VERSIONS)('with groups of many members and many attributes: %j', async (version) => {
    const names = Array.from({ length: 60 }, (_, k) => `a member with a long name ${k}`);
    const attributes = Object.fromEntries(names.slice(0, 20).map((name, k) => [name, 'x'.repeat(k + 1)]));
    const root = readHdf5(
      await hdf5Of({
        shapes: Object.fromEntries(names.map((name) => [`g/${name}`, [1]])),
        attributes: { '': attributes },
        ...version,
      }),
      'n.h5',
    );
    const group = root.members.get('g') as Hdf5Group;
    expect([...group.members.keys()].sort()).toEqual([...names].sort());
    expect(Object.fromEntries([...root.textAttributes()].map(([name, [text]]) => [name, text]))).toEqual(attributes);
  });

  it.each(VERSIONS)('with lists of texts, soft links, and bytes before its beginning: %j', async (version) => {
    const bytes = await hdf5Of({
      shapes: { 'g/a': [3] },
      softLinks: { b: '/g/a', nowhere: '/gone' },
      attributes: { g: { layer_names: ['dense', 'größer'] } },
      ...version,
    });
    const root = readHdf5(Uint8Array.of(...new Uint8Array(1024), ...bytes), 'n.h5');
    expect(floats(at(root, 'b'))).toEqual(floats(at(root, 'g/a')));
    expect(root.members.has('nowhere')).toBe(false);
    expect((root.members.get('g') as Hdf5Group).textAttributes().get('layer_names')).toEqual(['dense', 'größer']);
  });

  it('with the types of its numbers', async () => {
    const arrays = {
      f: { shape: [1], values: Float64Array.of(2) },
      i: { shape: [1], values: Int8Array.of(2) },
      n: { shape: [1], values: Int32Array.of(2) },
    };
    const root = readHdf5(await hdf5Of({ arrays }), 'n.h5');
    expect(['f', 'i', 'n'].map((name) => at(root, name).type.name)).toEqual(['float64', 'int8', 'int32']);
  });
});
