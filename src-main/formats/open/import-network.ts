// Imports a trained network from a file of this app or another program. Never executes anything in the file.
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { StudioError } from '../../../src-shared/errors';
import { IMPORT_SUFFIXES, LARGEST_JSON, suffixOf } from '../../../src-shared/networks/network-formats';
import { fileErrorReason } from '../../files/file-errors';
import { adviceFor } from '../../files/kind/advice';
import { fileKind, inspectBytes } from '../../files/kind/file-kind';
import { innermost, type FileKind, type FileKindId } from '../../files/kind/kinds';
import { fileKindAt } from '../../files/kind/inspect-file';
import type { NetworkFile } from './imported-network';
import { importJson } from '../json/read';
import { importKeras } from '../keras/read';
import { neighboursOf, noNeighbours, type NeighbourFiles } from './neighbour-files';
import { importNpz } from '../npz/read';
import { importOnnx } from '../onnx/read';
import { importSafetensors } from '../safetensors/read';

const LARGEST_FILE = 1 << 30;

/** Reads one format. Other files that this file names are read on demand. Throws file-unreadable. */
type NetworkReader = (
  bytes: Uint8Array,
  file: string,
  neighbours: NeighbourFiles,
) => NetworkFile | Promise<NetworkFile>;

const READERS: Readonly<Record<(typeof IMPORT_SUFFIXES)[number], NetworkReader>> = {
  '.npz': importNpz,
  '.safetensors': importSafetensors,
  '.onnx': importOnnx,
  '.weights.h5': importKeras,
  '.json': importJson,
  '.keras': importKeras,
  '.h5': importKeras,
  '.hdf5': importKeras,
};

/** Files that Python opens by executing their content. */
const PICKLES = ['.pt', '.pth', '.pkl', '.pickle', '.bin', '.ckpt', '.joblib'];

/** The kinds of content that each suffix may have. */
const KINDS: Readonly<Record<(typeof IMPORT_SUFFIXES)[number], readonly FileKindId[]>> = {
  '.npz': ['npz', 'zip'],
  '.safetensors': ['safetensors'],
  '.onnx': ['onnx'],
  '.weights.h5': ['hdf5'],
  '.json': ['network-json', 'json'],
  '.keras': ['keras', 'hdf5', 'zip'],
  '.h5': ['hdf5'],
  '.hdf5': ['hdf5'],
};
/** Kinds that say so little that the error of the format's reader is more helpful. */
const VAGUE: readonly FileKindId[] = ['text', 'deflate', 'zlib'];

/** The suffix selects the format. Throws file-unreadable, too-large. */
export async function readNetworkFile(path: string): Promise<NetworkFile> {
  const name = basename(path);
  if (suffixOf(name, IMPORT_SUFFIXES) === undefined) {
    await checkFile(path, Infinity);
    throw notOfAFormat(name, await fileKindAt(path));
  }
  const bytes = await readFileWithin(path, name.toLowerCase().endsWith('.json') ? LARGEST_JSON : LARGEST_FILE);
  return parseNetwork(name, bytes, neighboursOf(path));
}

/** @param fileName selects the format, and appears in error messages. Throws file-unreadable, never anything else. */
export async function parseNetwork(
  fileName: string,
  bytes: Uint8Array,
  neighbours = noNeighbours(fileName),
): Promise<NetworkFile> {
  const suffix = suffixOf(fileName, IMPORT_SUFFIXES);
  if (suffix === undefined) throw notOfAFormat(fileName, fileKind(inspectBytes(fileName, bytes)));
  try {
    return await READERS[suffix](bytes, fileName, neighbours);
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    const kind = fileKind(inspectBytes(fileName, bytes));
    throw kind && ![...KINDS[suffix], ...VAGUE].includes(kind.id) ? ofAnotherKind(fileName, kind) : error;
  }
}

function notOfAFormat(fileName: string, kind: FileKind | undefined): StudioError {
  if (suffixOf(fileName, ['.onnx.data', '.onnx_data']) !== undefined) {
    return new StudioError(
      'file-unreadable',
      `${fileName} contains only the weights of a network. Please choose the file beside it that ends with .onnx.`,
    );
  }
  if (kind && !VAGUE.includes(kind.id)) return ofAnotherKind(fileName, kind);
  if (suffixOf(fileName, PICKLES) !== undefined) {
    const saved = 'safetensors.torch.save_file(model.state_dict(), "network.safetensors")';
    return new StudioError(
      'file-unreadable',
      `${fileName} may contain a program that runs when it is opened, so it is not opened. Please save the ` +
        `network with ${saved} and choose that file.`,
    );
  }
  return new StudioError(
    'file-unreadable',
    `${fileName} is not a network file: expected one that ends with ${IMPORT_SUFFIXES.join(', ')}. Please ` +
      'choose another file.',
  );
}

function ofAnotherKind(fileName: string, kind: FileKind): StudioError {
  const format = IMPORT_SUFFIXES.find((suffix) => KINDS[suffix].includes(kind.id));
  if (format !== undefined && innermost(kind) === kind)
    return new StudioError(
      'file-unreadable',
      `${fileName} is ${kind.what}. Please give it a name that ends with ${format}.`,
    );
  return new StudioError(
    'file-unreadable',
    `${fileName} is ${kind.what}: expected a network. ${adviceFor(kind, 'network')}`,
  );
}

/** Called before the file is opened: a pipe would wait for its writer, and a huge file would fill the memory. */
async function checkFile(path: string, max: number): Promise<void> {
  const name = basename(path);
  const found = await stat(path).catch((error: unknown) => {
    throw notRead(name, error);
  });
  if (!found.isFile())
    throw new StudioError('file-unreadable', `${name} is not a file. Please choose the file of a network.`);
  if (found.size > max)
    throw new StudioError(
      'too-large',
      `${name} has ${found.size} bytes: expected at most ${max}. Please choose a smaller network.`,
    );
}

async function readFileWithin(path: string, max: number): Promise<Uint8Array> {
  await checkFile(path, max);
  const { buffer, byteOffset, length } = await readFile(path).catch((error: unknown) => {
    throw notRead(basename(path), error);
  });
  return new Uint8Array(buffer, byteOffset, length);
}

function notRead(name: string, error: unknown): StudioError {
  return new StudioError(
    'file-unreadable',
    `${name} could not be read: ${fileErrorReason(error)}. Please choose another file.`,
  );
}
