// The text of a small file that a person wrote, with whatever program.

export interface DecodedText {
  text: string;
  encoding: 'UTF-8' | 'UTF-16' | 'Latin-1';
}

/** Any bytes decode as Latin-1, so that comes last. @returns undefined if it is no text */
export function decodeText(content: Uint8Array): DecodedText | undefined {
  const order = utf16Order(content);
  const decoded: (DecodedText | undefined)[] = order
    ? [decode(content, order, 'UTF-16')]
    : [decode(content, 'utf-8', 'UTF-8'), decode(content, 'windows-1252', 'Latin-1')];
  return decoded.find((text) => text !== undefined);
}

/** By the mark at the beginning; without one, by the zero bytes that plain letters have in UTF-16. */
function utf16Order(content: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = content;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0) ? 'utf-16be' : undefined;
}

function decode(content: Uint8Array, label: string, encoding: DecodedText['encoding']): DecodedText | undefined {
  try {
    const text = new TextDecoder(label, { fatal: true }).decode(content);
    // Anything below a space but tab and ends of lines is no text.
    // eslint-disable-next-line no-control-regex
    return /[\x00-\x08\x0e-\x1f\x7f-\x9f]/.test(text) ? undefined : { text, encoding };
  } catch {
    return undefined;
  }
}
