// Helpers to inspect bytes of files.

export function startsWith(bytes: Uint8Array, start: readonly number[] | string, at = 0): boolean {
  const expected = typeof start === 'string' ? [...start].map((letter) => letter.charCodeAt(0)) : start;
  return expected.every((byte, k) => bytes[at + k] === byte);
}

/** One character a byte. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
