// Recognizes gzip data, and creates the error if they are damaged.
import { StudioError } from '../../../src-shared/errors';

export function isGzipMagic([first, second]: Uint8Array): boolean {
  return first === 0x1f && second === 0x8b;
}

/** @param message the error message of zlib */
export function gzipDamaged(name: string, message: string): StudioError {
  return new StudioError(
    'file-truncated',
    `${name} is damaged: its gzip data cannot be unpacked (${message}). Please download or copy the file again.`,
  );
}
