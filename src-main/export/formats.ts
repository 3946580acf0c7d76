// All formats in which a trained network leaves the app, by the suffix of the file.
import type { Checkpoint } from '../../src-shared/contract';
import { StudioError } from '../../src-shared/errors';
import { EXPORT_SUFFIXES, suffixOf, type ExportOptions, type ExportSuffix } from '../../src-shared/network-formats';
import { encodeCHeader } from './c-header';
import { encodeJson } from './json';
import { encodeKerasWeights } from './keras-weights';
import { encodeNpz } from './npz';
import { encodeOnnx } from './onnx';
import { encodeNetworkSafetensors } from './safetensors-network';
import { cSnippet } from './snippets/c';
import { jsonSnippet, kerasSnippet, numpySnippet, onnxSnippet, torchSnippet } from './snippets/python';

export interface ExportFormat {
  /** The same bytes for the same network. May throw export-failed. */
  encode(checkpoint: Checkpoint, appVersion: string, options?: ExportOptions): Uint8Array;
  /**
   * A program, ready to copy, that loads the file and reproduces the test accuracy.
   * @param fileName without its folder
   */
  snippet(fileName: string, checkpoint: Checkpoint, options?: ExportOptions): string;
}

export const EXPORT_FORMATS: Readonly<Record<ExportSuffix, ExportFormat>> = {
  '.npz': { encode: encodeNpz, snippet: numpySnippet },
  '.safetensors': { encode: encodeNetworkSafetensors, snippet: torchSnippet },
  '.onnx': {
    encode: (checkpoint, appVersion, options) => encodeOnnx(checkpoint, appVersion, options?.rawPixels),
    snippet: (fileName, checkpoint, options) => onnxSnippet(fileName, checkpoint, options?.rawPixels ?? false),
  },
  '.weights.h5': { encode: encodeKerasWeights, snippet: kerasSnippet },
  '.json': { encode: encodeJson, snippet: jsonSnippet },
  '.h': { encode: encodeCHeader, snippet: cSnippet },
};

/** The format that the name of a file asks for, in any letter case. Throws export-failed where it has no suffix of these. */
export function exportFormatOf(fileName: string): ExportFormat {
  const suffix = suffixOf(fileName, EXPORT_SUFFIXES);
  if (suffix !== undefined) return EXPORT_FORMATS[suffix];
  const expected = `${EXPORT_SUFFIXES.slice(0, -1).join(', ')} or ${EXPORT_SUFFIXES.at(-1)!}`;
  throw new StudioError('export-failed', `The name “${fileName}” says no format: expected one that ends with ${expected}. Please choose another name.`);
}
