// Types for the part of yauzl that is used here, because the package has none.
declare module 'yauzl' {
  export interface Entry {
    fileName: string;
    compressionMethod: number;
    compressedSize: number;
    uncompressedSize: number;
    crc32: number;
    relativeOffsetOfLocalHeader: number;
    isEncrypted(): boolean;
  }
  export class RandomAccessReader {
    read(
      buffer: Buffer,
      offset: number,
      length: number,
      position: number,
      callback: (error: Error | null) => void,
    ): void;
    close(callback: (error?: Error | null) => void): void;
  }
  export interface ZipFile {
    entryCount: number;
    eachEntry(): AsyncIterable<Entry>;
    readLocalFileHeaderPromise(entry: Entry, options: { minimal: true }): Promise<{ fileDataStart: number }>;
    close(): void;
  }
  export function fromRandomAccessReaderPromise(
    reader: RandomAccessReader,
    size: number,
    options: { autoClose: false },
  ): Promise<ZipFile>;
}
