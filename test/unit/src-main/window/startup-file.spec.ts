import { zipSync } from 'fflate';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { givenAmong, givenBy, StartupFile } from '../../../../src-main/window/startup-file';
import type { StartupRequest } from '../../../../src-shared/app/app-info';
import { makeFolder } from '../../../fixtures/folders';
import { idxBytes, labelsInTurn } from '../../../fixtures/idx';
import { npyFloat32, npzOfEntries } from '../../../fixtures/network-files';

const FILES = {
  'a.ONNX': '',
  'b.weights.h5': '',
  'notes.txt': '',
  unknown: Uint8Array.of(0x99, 1, 2, 3, 0xfe, 0xfd),
  'train.csv': 'label,1x1\n5,0\n',
  'mnist.zip': zipSync({ 'train.csv': Uint8Array.of(1) }),
  picture: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
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

const network = (name: string): StartupRequest => ({ kind: 'network', file: join(folder, name) });
const digits = (): StartupRequest => ({ kind: 'dataset', folder: join(folder, 'digits 100%') });

describe('what cannot be opened is refused with a sentence', () => {
  const EXPECTED = 'Expected a folder with a dataset, or a file of a network (';
  it.each([
    ['missing.onnx', 'missing.onnx” cannot be opened: it does not exist.'],
    ['notes.txt', '“notes.txt” cannot be opened: it is an empty file. Please download or copy the file again.'],
    ['unknown', '“unknown” cannot be opened: it is neither a folder nor a file of a network.'],
    [
      'picture',
      '“picture” cannot be opened: it is a PNG picture. If it belongs to a dataset, please open the folder ' +
        'that it is in.',
    ],
    [
      'model.pt',
      '“model.pt” cannot be opened: it is a file of PyTorch (torch.save). It may hold a program that runs when ' +
        'it is opened, so it is not opened. Please save the network in Python with safetensors.torch.save_file',
    ],
    ['page.gz', '“page.gz” cannot be opened: it is a web page (“404”). Please download it again'],
    [
      'https://example.org/a.onnx',
      '“https://example.org/a.onnx” cannot be opened: it is not the address of a file on this computer.',
    ],
    [
      'file://server/a.onnx',
      '“file://server/a.onnx” cannot be opened: it is not the address of a file on this computer.',
    ],
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
  expect(await givenAmong(['--no-sandbox', folder, 'a.ONNX', 'digits 100%', 'notes.txt'], folder, folder)).toEqual(
    digits(),
  );
  expect(await givenAmong(['digits 100%', 'b.weights.h5', '--x'], folder, '/app')).toEqual(network('b.weights.h5'));
  expect(await givenAmong(['missing.onnx', 'notes.txt'], folder, '/app')).toMatchObject({
    message: expect.stringContaining('notes.txt'),
  });
});

it('a table, an archive and arrays of images are opened as datasets, and arrays of weights as a network', async () => {
  const entries = (...names: string[]) =>
    npzOfEntries(Object.fromEntries(names.map((name) => [`${name}.npy`, npyFloat32(Float32Array.of(1), [1])])));
  await writeFile(join(folder, 'mnist.npz'), entries('x_train', 'y_train'));
  await writeFile(join(folder, 'network.npz'), entries('W1', 'b1'));
  expect(await givenBy('train.csv', folder)).toEqual({ kind: 'dataset', folder: join(folder, 'train.csv') });
  expect(await givenBy('mnist.npz', folder)).toEqual({ kind: 'dataset', folder: join(folder, 'mnist.npz') });
  expect(await givenBy('network.npz', folder)).toEqual(network('network.npz'));
});

it('a file of a dataset opens the folder that it is in, whatever its name is', async () => {
  expect(await givenBy('labels.bin', folder)).toEqual({ kind: 'dataset', folder });
});

it('what is given waits until a page has loaded, is taken once, and is sent to an open page at once', () => {
  const emitted: StartupRequest[] = [];
  const given = new StartupFile();
  given.onOffer((what) => emitted.push(what));
  given.offer(undefined);
  given.offer(network('a.npz'));
  expect(emitted).toEqual([]);
  expect([given.take(), given.take()]).toEqual([network('a.npz'), undefined]);
  given.offer(network('b.npz'));
  expect(emitted).toEqual([network('b.npz')]);
});

it('what is given while the page is gone waits for the next page', () => {
  const emitted: StartupRequest[] = [];
  const given = new StartupFile();
  given.onOffer((what) => emitted.push(what));
  given.take();
  given.pageGone();
  given.offer(digits());
  expect([emitted, given.take()]).toEqual([[], digits()]);
});
