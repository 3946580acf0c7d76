// Reads an IDX file from the disk as a stream, plain or gzip. Allocates no more memory than its header says.
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { createGunzip } from 'node:zlib';
import { StudioError } from '../../../../src-shared/errors';
import { gzipDamaged, isGzipMagic } from '../../../files/archive/gzip';
import { fileErrorReason } from '../../../files/file-errors';
import { adviceFor } from '../../../files/kind/advice';
import type { FileKindId } from '../../../files/kind/kinds';
import { fileKindAt } from '../../../files/kind/inspect-file';
import { IdxSink, type IdxValues } from './idx';
import type { Content } from './idx-header';

/** Bytes of a chunk. Large, because each chunk costs a turn of the event loop. */
const CHUNK = 1 << 20;

/** Kinds of files for which reading gives a better error message than the kind. */
const OWN_ERRORS: ReadonlySet<FileKindId> = new Set(['idx', 'little-endian-idx', 'unfinished']);

export interface FileOnDisk {
  path: string;
  name: string;
  bytes: number;
}

export interface IdxFile extends IdxValues {
  name: string;
  /** SHA-256 of the file on the disk, still compressed. */
  packedHash: string;
}

/** Checks a file without opening it, because opening a pipe would block. Throws file-unreadable. */
export async function findFile(path: string): Promise<FileOnDisk> {
  const name = basename(path);
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(name, fileErrorReason(error));
  });
  if (found.isDirectory()) throw unreadable(name, fileErrorReason({ code: 'EISDIR' }));
  if (!found.isFile()) throw unreadable(name, 'it is not a file');
  return { path, name, bytes: found.size };
}

/**
 * @param hash updated with the uncompressed bytes
 * @param onRead called with the number of bytes read from the disk since the last call
 * Throws file-unreadable, not-idx, file-truncated, too-large.
 */
export async function readIdx(
  file: FileOnDisk,
  content: Content,
  hash: Hash,
  onRead: (bytes: number) => void,
): Promise<IdxFile> {
  const { name, path } = file;
  try {
    const gzip = await isGzip(path);
    const sink = new IdxSink({ name, bytes: file.bytes, gzip }, content);
    const packedHash = createHash('sha256');
    const complete = await pump(
      path,
      gzip,
      (packed) => {
        packedHash.update(packed);
        onRead(packed.length);
      },
      (chunk) => {
        sink.take(chunk);
        hash.update(chunk);
      },
    );
    return { name, packedHash: packedHash.digest('hex'), ...sink.end(complete) };
  } catch (error) {
    const other = await otherKind(file, content);
    if (other) throw other;
    if (error instanceof StudioError) throw error;
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw gzipDamaged(name, (error as Error).message);
    throw unreadable(name, fileErrorReason(error));
  }
}

/** An error that names the kind of the file, if it is not IDX: that says more than where reading failed. */
async function otherKind({ path, name }: FileOnDisk, content: Content): Promise<StudioError | undefined> {
  const kind = await fileKindAt(path);
  const decisive = kind?.id === 'gzip' ? kind.inside : kind;
  if (!kind || !decisive || OWN_ERRORS.has(decisive.id)) return undefined;
  return new StudioError(
    'not-idx',
    `${name} is ${kind.what}: expected an IDX file of ${content}. ${adviceFor(kind, 'dataset')}`,
  );
}

export function unreadable(name: string, reason: string): StudioError {
  return new StudioError(
    'file-unreadable',
    `${name} cannot be read: ${reason}. Please check the file, or choose another folder.`,
  );
}

/** Recognised by its first two bytes, not by its name. */
async function isGzip(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && isGzipMagic(buffer);
  } finally {
    await handle.close();
  }
}

/**
 * Passes all bytes in order to both listeners, which may throw to stop reading. Like gzip, treats several members as
 * one file, and zero bytes after the last one as padding.
 * @returns false if the gzip data ends too early
 */
function pump(
  path: string,
  gzip: boolean,
  onPacked: (packed: Buffer) => void,
  onChunk: (chunk: Buffer) => void,
): Promise<boolean> {
  const source = createReadStream(path, { highWaterMark: CHUNK });
  const output = gzip ? source.pipe(createGunzip({ chunkSize: CHUNK })) : source;
  return new Promise<boolean>((resolve, reject) => {
    const orReject = (listener: (bytes: Buffer) => void) => (bytes: Buffer | string) => {
      try {
        listener(bytes as Buffer);
      } catch (error) {
        source.destroy();
        output.destroy();
        reject(error as Error);
      }
    };
    source.on('data', orReject(onPacked)).on('error', reject);
    output.on('data', orReject(onChunk)).on('end', () => resolve(true));
    output.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'Z_BUF_ERROR' ? resolve(false) : reject(error),
    );
  }).finally(() => {
    source.destroy();
    output.destroy();
  });
}
