import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { givenAmong, givenBy, GivenFile } from '../../../src-main/given-file';
import type { Given } from '../../../src-shared/contract';
import { makeFolder } from '../../fixtures/folders';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  await mkdir(join(folder, 'digits 100%'));
  for (const name of ['a.ONNX', 'b.weights.h5', 'notes.txt']) await writeFile(join(folder, name), '');
});
afterEach(() => remove());

const network = (name: string): Given => ({ kind: 'network', file: join(folder, name) });
const digits = (): Given => ({ kind: 'dataset', folder: join(folder, 'digits 100%') });

describe('what cannot be opened is refused with a sentence', () => {
  const EXPECTED = 'Expected a folder with a dataset, or a file of a network (';
  it.each([
    ['missing.onnx', 'missing.onnx” cannot be opened: it does not exist.'],
    ['notes.txt', '“notes.txt” cannot be opened: it is neither a folder nor a file of a network.'],
    ['https://example.org/a.onnx', '“https://example.org/a.onnx” cannot be opened: it is not the address of a file on this computer.'],
    ['file://server/a.onnx', '“file://server/a.onnx” cannot be opened: it is not the address of a file on this computer.'],
    ['file:///100%', '“file:///100%” cannot be opened: it is not the address of a file on this computer.'],
    ['file:///a%2Fb.onnx', '“file:///a%2Fb.onnx” cannot be opened: it is not the address of a file on this computer.'],
  ])('%s', (place, reason) => {
    expect(givenBy(place, folder)).toEqual({ kind: 'refused', message: expect.stringContaining(reason) });
    expect(givenBy(place, folder)).toEqual({ kind: 'refused', message: expect.stringContaining(EXPECTED) });
  });
});

it('options, the app’s own folder and empty arguments ask for nothing', () => {
  expect(givenAmong(['--no-sandbox', '--model=a.ONNX', '-x', '', folder, '.'], folder, folder)).toBeUndefined();
});

it('a network and a dataset are named by a path or by an address', () => {
  expect(givenBy('a.ONNX', folder)).toEqual(network('a.ONNX'));
  expect(givenBy(join(folder, 'b.weights.h5'), '/')).toEqual(network('b.weights.h5'));
  expect(givenBy('digits 100%', folder)).toEqual(digits());
  for (const given of [network('a.ONNX'), digits()] as const) {
    const path = 'file' in given ? given.file : 'folder' in given ? given.folder : '';
    expect(givenBy(pathToFileURL(path).href, '/')).toEqual(given);
  }
  expect(pathToFileURL(join(folder, 'digits 100%')).href).toContain('digits%20100%25');
});

it('of several arguments the last one that can be opened counts, wherever it is', () => {
  expect(givenAmong(['--no-sandbox', folder, 'a.ONNX', 'digits 100%', 'notes.txt'], folder, folder)).toEqual(digits());
  expect(givenAmong(['digits 100%', 'b.weights.h5', '--x'], folder, '/app')).toEqual(network('b.weights.h5'));
  expect(givenAmong(['missing.onnx', 'notes.txt'], folder, '/app')).toMatchObject({ message: expect.stringContaining('notes.txt') });
});

it('what is given waits until a page is there, is taken once, and later goes to the page at once', () => {
  const emitted: Given[] = [];
  const given = new GivenFile((what) => emitted.push(what));
  given.offer(undefined);
  given.offer(network('a.npz'));
  expect(emitted).toEqual([]);
  expect([given.take(), given.take()]).toEqual([network('a.npz'), undefined]);
  given.offer(network('b.npz'));
  expect(emitted).toEqual([network('b.npz')]);
});

it('what is given while the page is gone waits for the next page', () => {
  const emitted: Given[] = [];
  const given = new GivenFile((what) => emitted.push(what));
  given.take();
  given.pageGone();
  given.offer(digits());
  expect([emitted, given.take()]).toEqual([[], digits()]);
});
