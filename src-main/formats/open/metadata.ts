// A file's metadata as name-value pairs: read from JSON, or from the text entries of a format.
import { parseStrictJson } from '../../files/strict-json';

export type Metadata = Record<string, unknown>;

/** @returns undefined if the text is not a JSON object: other programs may store something else under our name */
export function parseMetadata(text: string): Metadata | undefined {
  try {
    const value = parseStrictJson(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Metadata) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The inverse of metadataTexts of save/metadata.ts: parses every value that is JSON and keeps the others as text.
 * @returns undefined if there are no entries
 */
export function metadataFromTexts(texts: Readonly<Record<string, string>>): Metadata | undefined {
  const entries = Object.entries(texts).map(([key, text]): [string, unknown] => [key, parseIfJson(text)]);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function parseIfJson(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch {
    return text;
  }
}
