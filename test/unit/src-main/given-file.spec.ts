import { zipSync } from 'fflate';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderGivenBy, givenAmong, givenBy, GivenFile } from '../../../src-main/given-file';
import type { Given } from '../../../src-shared/contract';
import { makeFolder } from '../../fixtures/folders';
import { idxBytes, labelsInTurn } from '../../fixtures/idx';

const FILES = {
  'a.ONNX': '',
  'b.weights.h5': '',
  'notes.txt': '',
  unknown: Uint8Array.of(0x99, 1, 2, 3, 0xfe, 0xfd),
  'train.csv': 'label,1x1\n5,0\n',
  'mnist.zip': zipSync({ 'train.csv': Uint8Array.of(1) }),
  'model.pt': zipSync({ 'archive/data.pkl': Uint8Array.of(1) }),
  'page.gz': '<html><title>404</title></html>',
  'labels.bin': idxBytes([60], labelsInTurn(60)),
};

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  await mkdir(join(folder, 'digits 100%'));
  for (const [name, bytes] of Object.entries(FILES)) await writeFile(join(folder, name), bytes);
});
afterEach(() => remove());

const network = (name: string): Given => ({ kind: 'network', file: join(folder, name) });
const digits = (): Given => ({ kind: 'dataset', folder: join(folder, 'digits 100%') });

describe('what cannot be opened is refused with a sentence', () => {
  const EXPECTED = 'Expected a folder with a dataset, or a file of a network (';
  it.each([
    ['missing.onnx', 'missing.onnx” cannot be opened: it does not exist.'],
    ['notes.txt', '“notes.txt” cannot be opened: it is an empty file. Please download or copy the file again.'],
    ['unknown', '“unknown” cannot be opened: it is neither a folder nor a file of a network.'],
    ['train.csv', '“train.csv” cannot be opened: it is a table in text (CSV). If it belongs to a dataset, please open the folder that it is in.'],
    ['mnist.zip', '“mnist.zip” cannot be opened: it is a ZIP archive (with “train.csv”). If it belongs to a dataset, please open the folder that it is in.'],
    ['model.pt', '“model.pt” cannot be opened: it is a file of PyTorch (torch.save). It may hold a program that runs when it is opened, so it is not opened. Please save the network in Python with safetensors.torch.save_file'],
    ['page.gz', '“page.gz” cannot be opened: it is a web page (“404”). Please download it again'],
    ['https://example.org/a.onnx', '“https://example.org/a.onnx” cannot be opened: it is not the address of a file on this computer.'],
    ['file://server/a.onnx', '“file://server/a.onnx” cannot be opened: it is not the address of a file on this computer.'],
    ['file:///100%', '“file:///100%” cannot be opened: it is not the address of a file on this computer.'],
    ['file:///a%2Fb.onnx', '“file:///a%2Fb.onnx” cannot be opened: it is not the address of a file on this computer.'],
  ])('%s', async (place, reason) => {
    expect(await givenBy(place, folder)).toEqual({ kind: 'refused', message: expect.stringContaining(reason) });
    expect(await givenBy(place, folder)).toEqual({ kind: 'refused', message: expect.stringContaining(EXPECTED) });
  });
});

it('options, the app’s own folder and empty arguments ask for nothing', async () => {
  expect(await givenAmong(['--no-sandbox', '--model=a.ONNX', '-x', '', folder, '.'], folder, folder)).toBeUndefined();
});

it('a network and a dataset are named by a path or by an address', async () => {
  expect(await givenBy('a.ONNX', folder)).toEqual(network('a.ONNX'));
  expect(await givenBy(join(folder, 'b.weights.h5'), '/')).toEqual(network('b.weights.h5'));
  expect(await givenBy('digits 100%', folder)).toEqual(digits());
  for (const given of [network('a.ONNX'), digits()] as const) {
    const path = 'file' in given ? given.file : 'folder' in given ? given.folder : '';
    expect(await givenBy(pathToFileURL(path).href, '/')).toEqual(given);
  }
  expect(pathToFileURL(join(folder, 'digits 100%')).href).toContain('digits%20100%25');
});

it('of several arguments the last one that can be opened counts, wherever it is', async () => {
  expect(await givenAmong(['--no-sandbox', folder, 'a.ONNX', 'digits 100%', 'notes.txt'], folder, folder)).toEqual(digits());
  expect(await givenAmong(['digits 100%', 'b.weights.h5', '--x'], folder, '/app')).toEqual(network('b.weights.h5'));
  expect(await givenAmong(['missing.onnx', 'notes.txt'], folder, '/app')).toMatchObject({ message: expect.stringContaining('notes.txt') });
});

it('a file that is dropped in place of a folder is answered with what it is', async () => {
  await expect(folderGivenBy(join(folder, 'train.csv'))).rejects.toThrow('“train.csv” cannot be opened: it is a table in text (CSV).');
  await expect(folderGivenBy(join(folder, 'model.pt'))).rejects.toThrow('it is a file of PyTorch');
  expect(await folderGivenBy(join(folder, 'labels.bin'))).toBe(folder);
  expect(await folderGivenBy(folder)).toBe(folder);
  expect(await folderGivenBy(join(folder, 'gone'))).toBe(join(folder, 'gone'));
});

it('a file of a dataset opens the folder that it is in, whatever its name is', async () => {
  expect(await givenBy('labels.bin', folder)).toEqual({ kind: 'dataset', folder });
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
