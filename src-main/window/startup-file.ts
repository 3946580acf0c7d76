// What the desktop asks the app to open: the file of a network, or a folder with a dataset. It comes as an argument of
// the first or of a second start, or as an event on macOS.
import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StartupRequest } from '../../src-shared/app/app-info';
import { IMPORT_SUFFIXES, suffixOf } from '../../src-shared/networks/network-formats';
import { isDatasetFile } from '../datasets/folder/file-source';
import { fileErrorReason } from '../files/file-errors';
import { adviceFor, type Purpose } from '../files/kind/advice';
import { innermost, type FileKind, type FileKindId } from '../files/kind/kinds';
import { fileKindAt } from '../files/kind/inspect-file';

const EXPECTED = `Expected a folder with a dataset, or a file of a network (${IMPORT_SUFFIXES.join(', ')}).`;
/** A single letter before the colon would be a drive of Windows. */
const HAS_SCHEME = /^[a-z][a-z0-9+.-]+:/i;

/**
 * What the arguments of a start ask to open: the last one that can be opened, or else why the last one cannot.
 * @param folder that relative paths are relative to
 * @param app the app's own folder, which is an argument of Electron in development
 */
export async function givenAmong(
  args: readonly string[],
  folder: string,
  app: string,
): Promise<StartupRequest | undefined> {
  const places = args.filter((arg) => arg !== '' && !arg.startsWith('-') && resolve(folder, arg) !== app);
  const all = await Promise.all(places.map((place) => givenBy(place, folder)));
  return all.filter(({ kind }) => kind !== 'refused').at(-1) ?? all.at(-1);
}

/** @param place a path, or an address as desktop entries of Linux pass it: file:///home/me/my%20network.onnx */
export async function givenBy(place: string, folder: string): Promise<StartupRequest> {
  let path: string;
  try {
    path = HAS_SCHEME.test(place) ? fileURLToPath(place) : resolve(folder, place);
  } catch {
    return refused(`“${place}” cannot be opened: it is not the address of a file on this computer.`);
  }
  try {
    const found = await stat(path);
    if (found.isDirectory()) return { kind: 'dataset', folder: path };
    if (!found.isFile()) return refused(`“${path}” cannot be opened: it is neither a folder nor a file.`);
  } catch (error) {
    return refused(`“${path}” cannot be opened: ${fileErrorReason(error)}.`);
  }
  if (await isDatasetFile(path)) return { kind: 'dataset', folder: path };
  if (suffixOf(path, IMPORT_SUFFIXES) !== undefined) return { kind: 'network', file: path };
  return givenByContent(path, await fileKindAt(path));
}

/** For a file whose suffix says nothing. A dataset is opened by its folder, because its other files are there. */
function givenByContent(path: string, kind: FileKind | undefined): StartupRequest {
  const name = basename(path);
  if (!kind) return refused(`“${name}” cannot be opened: it is neither a folder nor a file of a network.`);
  const id = innermost(kind).id;
  if (id === 'idx') return { kind: 'dataset', folder: dirname(path) };
  const advice = IN_DATASETS.includes(id)
    ? 'If it belongs to a dataset, please open the folder that it is in.'
    : adviceFor(kind, purposeOf(id));
  return refused(`“${name}” cannot be opened: it is ${kind.what}. ${advice}`);
}

/** Kinds of files that can be a dataset or a part of one. */
const IN_DATASETS: readonly FileKindId[] = ['csv', 'npy', 'npz', 'zip', 'tar', 'png'];
const OF_NETWORKS: readonly FileKindId[] = [
  'torch',
  'torch-pickle',
  'pickle',
  'sklearn-pickle',
  'numpy-pickle',
  'joblib',
  'keras',
  'hdf5',
  'matlab',
  'saved-model',
  'flax',
  'tflite',
  'safetensors',
  'onnx',
  'network-json',
];

function purposeOf(id: FileKindId): Purpose {
  return OF_NETWORKS.includes(id) ? 'network' : 'dataset';
}

const refused = (reason: string): Extract<StartupRequest, { kind: 'refused' }> => ({
  kind: 'refused',
  message: `${reason} ${EXPECTED}`,
});

/** Keeps what should be opened until there is a page that opens it. */
export class StartupFile {
  private waiting: StartupRequest | undefined;
  private hasPage = false;
  private emit: (given: StartupRequest) => void = () => undefined;

  /** @param emit sends it to the page that is open */
  onOffer(emit: (given: StartupRequest) => void): void {
    this.emit = emit;
  }

  offer(given: StartupRequest | undefined): void {
    if (given === undefined) return;
    if (this.hasPage) this.emit(given);
    else this.waiting = given;
  }

  /** Called when the page has loaded. @returns what has waited for it, once */
  take(): StartupRequest | undefined {
    const { waiting } = this;
    this.waiting = undefined;
    this.hasPage = true;
    return waiting;
  }

  /** Called when the page is gone: what is offered from now on waits for the next page. */
  pageGone(): void {
    this.hasPage = false;
  }
}
