// What the desktop asks the app to open: a file of a network or a folder with a dataset, by an argument at the start,
// by a second start, or on a Mac by an event.
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
/** A letter alone is a drive of Windows. */
const HAS_SCHEME = /^[a-z][a-z0-9+.-]+:/i;

/**
 * What the arguments of a start ask to open: of several that can be opened the last, or else what is wrong with the
 * last one.
 * @param folder that relative paths start at
 * @param app the app's own folder, which Electron is given as an argument in development
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

/** @param place a path, or an address as the desktop entries of Linux give it: file:///home/me/my%20network.onnx */
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

/** What a file is that no suffix tells. A dataset is opened by its folder, in which the other files of it are. */
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

/** Kinds that can be a part of a dataset, or a whole one. */
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

/** Keeps what is to be opened until there is a page to open it. */
export class StartupFile {
  private waiting: StartupRequest | undefined;
  private isThere = false;

  /** @param emit gives it to the page that is there */
  constructor(private readonly emit: (given: StartupRequest) => void) {}

  offer(given: StartupRequest | undefined): void {
    if (given === undefined) return;
    if (this.isThere) this.emit(given);
    else this.waiting = given;
  }

  /** The page has loaded. @returns what has waited for it, once */
  take(): StartupRequest | undefined {
    const { waiting } = this;
    this.waiting = undefined;
    this.isThere = true;
    return waiting;
  }

  /** The page is gone; what is offered from now on waits for the next one. */
  pageGone(): void {
    this.isThere = false;
  }
}
