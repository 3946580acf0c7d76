// All formats in which a trained network leaves the app, by the suffix of the file.
import type { Checkpoint } from '../../../src-shared/contract';
import { StudioError } from '../../../src-shared/errors';
import {
  EXPORT_SUFFIXES,
  suffixOf,
  type ExportOptions,
  type ExportSuffix,
} from '../../../src-shared/networks/network-formats';
import { cHeaderPieces } from '../c/write';
import { jsonPieces } from '../json/write';
import { kerasPieces } from '../keras/write';
import { npzPieces } from '../npz/write';
import { onnxPieces } from '../onnx/write';
import { joined, type Piece } from './chunks';
import { safetensorsPieces } from '../safetensors/write';
import { cSnippet } from '../snippets/c';
import { jsonSnippet, kerasSnippet, numpySnippet, onnxSnippet, torchSnippet } from '../snippets/python';

type Pieces = (checkpoint: Checkpoint, appVersion: string, options?: ExportOptions) => Iterable<Piece>;
type Snippet = (fileName: string, checkpoint: Checkpoint, options?: ExportOptions) => string;

export interface ExportFormat {
  /** The same bytes for the same network, made while they are asked for. May throw export-failed. */
  pieces: Pieces;
  /** The same in memory, for small networks. */
  encode(...network: Parameters<Pieces>): Uint8Array;
  /**
   * A program, ready to copy, that loads the file and reproduces the test accuracy.
   * @param fileName without its folder
   */
  snippet: Snippet;
}

function format(pieces: Pieces, snippet: Snippet): ExportFormat {
  return { pieces, encode: (...network) => joined(pieces(...network)), snippet };
}

export const EXPORT_FORMATS: Readonly<Record<ExportSuffix, ExportFormat>> = {
  '.npz': format(npzPieces, numpySnippet),
  '.safetensors': format(safetensorsPieces, torchSnippet),
  '.onnx': format(
    (checkpoint, appVersion, options) => onnxPieces(checkpoint, appVersion, options?.rawPixels),
    (fileName, checkpoint, options) => onnxSnippet(fileName, checkpoint, options?.rawPixels ?? false),
  ),
  '.weights.h5': format(kerasPieces, kerasSnippet),
  '.json': format(jsonPieces, jsonSnippet),
  '.h': format(cHeaderPieces, cSnippet),
};

/**
 * The format that the name of a file asks for, in any letter case. Throws export-failed where it has no suffix of
 * these.
 */
export function exportFormatOf(fileName: string): ExportFormat {
  const suffix = suffixOf(fileName, EXPORT_SUFFIXES);
  if (suffix !== undefined) return EXPORT_FORMATS[suffix];
  const expected = `${EXPORT_SUFFIXES.slice(0, -1).join(', ')} or ${EXPORT_SUFFIXES.at(-1)!}`;
  throw new StudioError(
    'export-failed',
    `The name “${fileName}” says no format: expected one that ends with ${expected}. Please choose another name.`,
  );
}
