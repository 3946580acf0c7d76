// The table of all export formats, by the suffix of the file.
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import { StudioError } from '../../../src-shared/errors';
import {
  EXPORT_SUFFIXES,
  suffixOf,
  type ExportOptions,
  type ExportSuffix,
} from '../../../src-shared/networks/network-formats';
import { cHeaderChunks } from '../c/write';
import { jsonChunks } from '../json/write';
import { kerasChunks } from '../keras/write';
import { npzChunks } from '../npz/write';
import { onnxChunks } from '../onnx/write';
import { joined, type Chunk } from './chunks';
import { safetensorsChunks } from '../safetensors/write';
import { cSnippet } from '../snippets/c';
import { jsonSnippet, kerasSnippet, numpySnippet, onnxSnippet, torchSnippet } from '../snippets/python';

type Chunks = (checkpoint: Checkpoint, appVersion: string, options?: ExportOptions) => Iterable<Chunk>;
type Snippet = (fileName: string, checkpoint: Checkpoint, options?: ExportOptions) => string;

export interface ExportFormat {
  /** Encodes lazily; the same network always gives the same bytes. May throw export-failed while iterating. */
  chunks: Chunks;
  /** The whole file in memory, for small networks. */
  encode(...network: Parameters<Chunks>): Uint8Array;
  /**
   * A program, ready to copy, that loads the file and reproduces the test accuracy.
   * @param fileName without the folder
   */
  snippet: Snippet;
}

function format(chunks: Chunks, snippet: Snippet): ExportFormat {
  return { chunks, encode: (...network) => joined(chunks(...network)), snippet };
}

export const EXPORT_FORMATS: Readonly<Record<ExportSuffix, ExportFormat>> = {
  '.npz': format(npzChunks, numpySnippet),
  '.safetensors': format(safetensorsChunks, torchSnippet),
  '.onnx': format(
    (checkpoint, appVersion, options) => onnxChunks(checkpoint, appVersion, options?.rawPixels),
    (fileName, checkpoint, options) => onnxSnippet(fileName, checkpoint, options?.rawPixels ?? false),
  ),
  '.weights.h5': format(kerasChunks, kerasSnippet),
  '.json': format(jsonChunks, jsonSnippet),
  '.h': format(cHeaderChunks, cSnippet),
};

/** The format for a file name, whatever its letter case. Throws export-failed if its suffix is unknown. */
export function exportFormatOf(fileName: string): ExportFormat {
  const suffix = suffixOf(fileName, EXPORT_SUFFIXES);
  if (suffix !== undefined) return EXPORT_FORMATS[suffix];
  const expected = `${EXPORT_SUFFIXES.slice(0, -1).join(', ')} or ${EXPORT_SUFFIXES.at(-1)!}`;
  throw new StudioError(
    'export-failed',
    `The name “${fileName}” names no format: expected one that ends with ${expected}. Please choose another name.`,
  );
}
