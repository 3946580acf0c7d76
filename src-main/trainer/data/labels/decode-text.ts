// Decodes small text files in any of the usual encodings.

export interface DecodedText {
  text: string;
  encoding: 'UTF-8' | 'UTF-16' | 'Latin-1';
}

/** Tries Latin-1 last, because it decodes any bytes. @returns undefined if the file is not text */
export function decodeText(content: Uint8Array): DecodedText | undefined {
  const byteOrder = utf16ByteOrder(content);
  const decoded: (DecodedText | undefined)[] = byteOrder
    ? [decode(content, byteOrder, 'UTF-16')]
    : [decode(content, 'utf-8', 'UTF-8'), decode(content, 'windows-1252', 'Latin-1')];
  return decoded.find((text) => text !== undefined);
}

/** Recognised by the byte order mark, or by the zero bytes of Latin letters in UTF-16. */
function utf16ByteOrder(content: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = content;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0) ? 'utf-16be' : undefined;
}

function decode(content: Uint8Array, label: string, encoding: DecodedText['encoding']): DecodedText | undefined {
  try {
    const text = new TextDecoder(label, { fatal: true }).decode(content);
    // Text has no control characters except tabs and line ends.
    // eslint-disable-next-line no-control-regex
    return /[\x00-\x08\x0e-\x1f\x7f-\x9f]/.test(text) ? undefined : { text, encoding };
  } catch {
    return undefined;
  }
}
