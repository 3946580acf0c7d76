// A named array of a file, whatever the format. Its numbers are decoded only if they are used.

export interface FileArray {
  name: string;
  /** As the file names it, such as float32, int64 or F8_E4M3. */
  type: string;
  kind: 'float' | 'integer' | 'text' | 'objects' | 'other';
  shape: readonly number[];
  /** The numbers, row by row. Throws file-unreadable if they cannot be used. */
  numbers: () => Float32Array;
}

export function inWords({ name, shape }: Pick<FileArray, 'name' | 'shape'>): string {
  return `${name} [${shape.join(', ')}]`;
}

/** Names in quotes: at most `max` of them, and the number of the others. */
export function listed(names: readonly string[], max = 6): string {
  const shown = names.slice(0, max).map((name) => `“${name}”`);
  if (names.length > max) shown.push(`${names.length - max} more`);
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** Caches the result: a network whose order is open is decoded several times. */
export function once<T>(read: () => T): () => T {
  let result: { value: T } | undefined;
  return () => (result ??= { value: read() }).value;
}
