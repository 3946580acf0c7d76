// An array of a file of named arrays, whatever the format: its numbers are read only if they are used.

export interface FileArray {
  name: string;
  /** As the file says it, such as float32, int64, F8_E4M3. */
  type: string;
  kind: 'float' | 'integer' | 'text' | 'objects' | 'other';
  shape: readonly number[];
  /** Row by row. Throws file-unreadable if they cannot be used. */
  numbers: () => Float32Array;
}

export function inWords({ name, shape }: Pick<FileArray, 'name' | 'shape'>): string {
  return `${name} [${shape.join(', ')}]`;
}

/** Names in quotes, the first ones if there are many. */
export function listed(names: readonly string[], most = 6): string {
  const shown = names.slice(0, most).map((name) => `“${name}”`);
  if (names.length > most) shown.push(`${names.length - most} more`);
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** Remembers what was read: a network in several orders is read several times. */
export function once<T>(read: () => T): () => T {
  let result: { value: T } | undefined;
  return () => (result ??= { value: read() }).value;
}
