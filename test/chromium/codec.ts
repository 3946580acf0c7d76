// Values between Node and the page as text, because Playwright carries typed arrays a hundred times slower.

export interface Codec {
  encode(value: unknown): string;
  decode(text: string): unknown;
}

/** The page gets the text of this function, so it must not use anything outside itself. */
export function createCodec(): Codec {
  const arrayTypes = {
    Float32Array,
    Float64Array,
    Uint8Array,
    Uint8ClampedArray,
    Uint16Array,
    Uint32Array,
    Int8Array,
    Int16Array,
    Int32Array,
  };
  type Packed = { $array: keyof typeof arrayTypes; base64: string } | { $number: string } | { $undefined: true };
  // Newer than TypeScript's library.
  const native = Uint8Array as unknown as { fromBase64?(text: string): Uint8Array<ArrayBuffer> };
  const toBase64 = (bytes: Uint8Array) =>
    (bytes as unknown as { toBase64?(): string }).toBase64?.() ??
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  const fromBase64 = (text: string) => native.fromBase64?.(text) ?? Uint8Array.from(Buffer.from(text, 'base64'));

  function pack(value: unknown): unknown {
    if (value === undefined) return { $undefined: true };
    if (typeof value === 'number' && !Number.isFinite(value)) return { $number: String(value) };
    if (!ArrayBuffer.isView(value)) return value;
    const name = Object.prototype.toString.call(value).slice('[object '.length, -1); // a Buffer too is a Uint8Array
    return { $array: name, base64: toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) };
  }

  function unpack(packed: Packed): unknown {
    if ('$undefined' in packed) return undefined;
    if ('$number' in packed) return Number(packed.$number);
    return new arrayTypes[packed.$array](fromBase64(packed.base64).buffer);
  }

  const isPacked = (value: unknown): value is Packed =>
    typeof value === 'object' && value !== null && ('$array' in value || '$number' in value || '$undefined' in value);

  return {
    // this[key], because JSON.stringify has already asked a Buffer for its own idea of JSON.
    encode: (value) =>
      JSON.stringify({ value }, function (this: Record<string, unknown>, key) {
        return pack(this[key]);
      }),
    decode: (text) =>
      (JSON.parse(text, (_key, value: unknown) => (isPacked(value) ? unpack(value) : value)) as { value?: unknown })
        .value,
  };
}
