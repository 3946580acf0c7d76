// Reads the files in a ZIP archive. yauzl reads its directory (also ZIP64) and checks names and sizes. Content is
// unpacked here, because a dataset of pictures has tens of thousands of small files, and a stream for each would take
// minutes.
import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInflateRaw, crc32, inflateRawSync } from 'node:zlib';
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile } from 'yauzl';
import { StudioError } from '../../../src-shared/errors';
import { archiveRefusal, checkCount, checkUnpacked, itemName, type ArchiveItem } from './archive-item';
import { through } from './gunzipped';

const STORED = 0;
const DEFLATED = 8;
/** Files up to this size are unpacked at once. */
const SMALL_BYTES = 1 << 20;
const CHUNK_BYTES = 1 << 20;
/** Bytes that are read ahead of the directory. */
const WINDOW_BYTES = 1 << 18;

/**
 * @param onRead gets the number of bytes read from the disk since its last call. Throws file-unreadable,
 * file-truncated, and the system's errors.
 */
export async function* zipItems(path: string, onRead: (bytes: number) => void): AsyncGenerator<ArchiveItem> {
  const file = basename(path);
  const handle = await open(path);
  try {
    const { zip, entries } = await readDirectory(handle, file);
    for (const entry of entries) {
      if (entry.fileName.endsWith('/')) continue;
      const content = () => contentOf(entry, zip, handle, file, onRead);
      yield { name: itemName(entry.fileName, file), member: entry.fileName, bytes: entry.uncompressedSize, content };
    }
  } finally {
    await handle.close();
  }
}

/** The entries in the order of their content in the file. */
async function readDirectory(handle: FileHandle, file: string): Promise<{ zip: ZipFile; entries: Entry[] }> {
  try {
    const { size } = await handle.stat();
    const zip = await fromRandomAccessReaderPromise(new WindowReader(handle), size, { autoClose: false });
    checkCount(zip.entryCount, file);
    const entries: Entry[] = [];
    let unpacked = 0;
    for await (const entry of zip.eachEntry()) {
      entries.push(entry);
      unpacked += entry.uncompressedSize;
      checkUnpacked(unpacked, file);
    }
    return { zip, entries: entries.sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader) };
  } catch (error) {
    throw asRefusal(error, file);
  }
}

async function* contentOf(
  entry: Entry,
  zip: ZipFile,
  handle: FileHandle,
  file: string,
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const { fileName, compressionMethod: method, compressedSize: packed, uncompressedSize: unpacked } = entry;
  const damaged = (what: string) => archiveRefusal(file, `its file “${fileName}” ${what}`);
  if (entry.isEncrypted())
    throw new StudioError(
      'file-unreadable',
      `${file} is encrypted with a password. Please unpack it, and open the folder.`,
    );
  if (method !== STORED && method !== DEFLATED) {
    throw new StudioError(
      'file-unreadable',
      `${file} is compressed in a way that this app cannot read (method ${method} of ZIP). Please unpack it, ` +
        'and open the folder.',
    );
  }
  let checksum = 0;
  let length = 0;
  try {
    const { fileDataStart: start } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const chunks =
      Math.max(packed, unpacked) <= SMALL_BYTES
        ? smallContent(handle, entry, start)
        : largeContent(handle, entry, start);
    for await (const chunk of chunks) {
      length += chunk.length;
      if (length > unpacked) throw damaged('is longer than the directory of the archive says');
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
    onRead(packed);
  } catch (error) {
    if (
      (error as NodeJS.ErrnoException).code?.startsWith('Z_') ||
      (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    )
      throw damaged('cannot be unpacked');
    throw asRefusal(error, file);
  }
  if (length < unpacked) throw damaged('is shorter than the directory of the archive says');
  if (checksum !== entry.crc32) throw damaged('is damaged: its check sum is wrong');
}

async function* smallContent(
  handle: FileHandle,
  { compressedSize, uncompressedSize, compressionMethod }: Entry,
  start: number,
): AsyncGenerator<Uint8Array> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(compressedSize), 0, compressedSize, start);
  const packed = buffer.subarray(0, bytesRead);
  yield compressionMethod === STORED
    ? packed
    : inflateRawSync(packed, { maxOutputLength: Math.max(1, uncompressedSize) });
}

async function* largeContent(
  handle: FileHandle,
  { compressedSize, compressionMethod }: Entry,
  start: number,
): AsyncGenerator<Uint8Array> {
  const packed = chunksOf(handle, start, start + compressedSize);
  if (compressionMethod === STORED) yield* packed;
  else yield* through(packed, createInflateRaw({ chunkSize: CHUNK_BYTES }));
}

async function* chunksOf(handle: FileHandle, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end;) {
    const length = Math.min(CHUNK_BYTES, end - at);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

/** Reads ahead, because yauzl reads the directory in steps of less than a hundred bytes. */
class WindowReader extends RandomAccessReader {
  private window: Buffer = Buffer.alloc(0);
  private from = 0;

  constructor(private readonly handle: FileHandle) {
    super();
  }

  override read(
    target: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.copy(target, offset, length, position).then(() => callback(null), callback);
  }

  override close(callback: (error?: Error | null) => void): void {
    callback();
  }

  private async copy(target: Buffer, offset: number, length: number, position: number): Promise<void> {
    if (position < this.from || position + length > this.from + this.window.length) {
      const size = Math.max(length, WINDOW_BYTES);
      const { buffer, bytesRead } = await this.handle.read(Buffer.alloc(size), 0, size, position);
      this.window = buffer.subarray(0, bytesRead);
      this.from = position;
      if (bytesRead < length) throw new Error('unexpected end of file');
    }
    this.window.copy(target, offset, position - this.from, position - this.from + length);
  }
}

/** Translates an error of yauzl to one for people. */
function asRefusal(error: unknown, file: string): unknown {
  if (error instanceof StudioError || (error as NodeJS.ErrnoException).syscall !== undefined) return error;
  const { message } = error as Error;
  if (/End of central directory|end of file|unexpected EOF/i.test(message)) {
    return new StudioError(
      'file-truncated',
      `${file} is cut off: a ZIP archive has its directory at its end, and there is none. Please download or ` +
        'copy the file again.',
    );
  }
  if (/absolute path|invalid relative path/.test(message))
    return archiveRefusal(file, 'a file in it would lie outside the folder that it is unpacked to');
  if (/encryption/.test(message))
    return new StudioError(
      'file-unreadable',
      `${file} is encrypted with a password. Please unpack it, and open the folder.`,
    );
  return archiveRefusal(file, `its directory is damaged (${message})`);
}
