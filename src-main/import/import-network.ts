// Reads a trained network from a file of another program, or of this one. Nothing in the file is ever run.
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { StudioError } from '../../src-shared/errors';
import { IMPORT_SUFFIXES, LARGEST_JSON, suffixOf } from '../../src-shared/network-formats';
import { fileErrorReason } from '../file-errors';
import type { NetworkFile } from './imported-network';
import { importJson } from './json';
import { importKeras } from './keras/read-keras';
import { neighboursOf, noNeighbours, type NeighbourFiles } from './neighbour-files';
import { importNpz } from './npz';
import { importOnnx } from './onnx/import-onnx';
import { importSafetensors } from './safetensors';

const LARGEST_FILE = 1 << 30;

/** Reads a file of one format. What the file names beside it is read when it is needed. Throws file-unreadable. */
type NetworkReader = (bytes: Uint8Array, file: string, neighbours: NeighbourFiles) => NetworkFile | Promise<NetworkFile>;

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

/** Files that Python opens by running what stands in them. */
const PICKLES = ['.pt', '.pth', '.pkl', '.pickle', '.bin', '.ckpt', '.joblib'];

/** By the suffix of the path. Throws file-unreadable, too-large. */
export async function readNetworkFile(path: string): Promise<NetworkFile> {
  const name = basename(path);
  readerOf(name);
  const bytes = await readFileWithin(path, name.toLowerCase().endsWith('.json') ? LARGEST_JSON : LARGEST_FILE);
  return parseNetwork(name, bytes, neighboursOf(path));
}

/** @param fileName decides on the format, and stands in every sentence. Throws file-unreadable, never anything else. */
export async function parseNetwork(fileName: string, bytes: Uint8Array, neighbours = noNeighbours(fileName)): Promise<NetworkFile> {
  return readerOf(fileName)(bytes, fileName, neighbours);
}

function readerOf(fileName: string): NetworkReader {
  const suffix = suffixOf(fileName, IMPORT_SUFFIXES);
  if (suffix !== undefined) return READERS[suffix];
  if (suffixOf(fileName, ['.onnx.data', '.onnx_data']) !== undefined) {
    throw new StudioError('file-unreadable', `${fileName} holds only the weights of a network. Please choose the file beside it that ends with .onnx.`);
  }
  if (suffixOf(fileName, PICKLES) !== undefined) {
    const saved = 'safetensors.torch.save_file(model.state_dict(), "network.safetensors")';
    throw new StudioError('file-unreadable', `${fileName} may hold a program that runs when it is opened, so it is not opened. Please save the network with ${saved} and choose that file.`);
  }
  throw new StudioError('file-unreadable', `${fileName} is no file of a network: expected one that ends with ${IMPORT_SUFFIXES.join(', ')}. Please choose another file.`);
}

/** Looks at the file before it is opened: opening a pipe would wait for whoever writes to it, and reading needs its size in memory. */
async function readFileWithin(path: string, most: number): Promise<Uint8Array> {
  const name = basename(path);
  const failed = (error: unknown) => new StudioError('file-unreadable', `${name} could not be read: ${fileErrorReason(error)}. Please choose another file.`);
  const found = await stat(path).catch((error: unknown) => {
    throw failed(error);
  });
  if (!found.isFile()) throw new StudioError('file-unreadable', `${name} is not a file. Please choose a file of a network.`);
  if (found.size > most) throw new StudioError('too-large', `${name} has ${found.size} bytes: expected at most ${most}. Please choose a smaller network.`);
  const { buffer, byteOffset, length } = await readFile(path).catch((error: unknown) => {
    throw failed(error);
  });
  return new Uint8Array(buffer, byteOffset, length);
}
