// Recognizes texts: what servers send and tools leave instead of a file, tables, and files of this app.
import type { FileKind, FileInspection } from './kinds';

const LONGEST_MESSAGE = 2000;
const MOST_QUOTED = 60;

/** Tried in this order on the beginning of the text, after any byte order mark and spaces. */
const TEXTS: readonly ((text: string, inspection: FileInspection) => FileKind | undefined)[] = [
  (text) =>
    text.startsWith('version https://git-lfs.github.com/')
      ? kind('lfs-pointer', 'a pointer of Git LFS, not the file itself')
      : undefined,
  (text) =>
    /^\[InternetShortcut\]|^\[Desktop Entry\]|^<\?xml[^]*<plist[^]*<key>URL<\/key>/.test(text)
      ? kind('shortcut', 'a shortcut to another place')
      : undefined,
  (text) =>
    /^\[(ZoneTransfer|\.ShellClassInfo)\]/.test(text)
      ? kind('system-notes', 'a file in which Windows keeps notes')
      : undefined,
  webPage,
  xml,
  json,
  message,
  base64,
  table,
  () => kind('text', 'a text'),
];

export function textKind(inspection: FileInspection): FileKind | undefined {
  const text = textOf(inspection.head)?.trimStart();
  if (text === undefined) return undefined;
  for (const detect of TEXTS) {
    const found = detect(text, inspection);
    if (found) return found;
  }
  return undefined;
}

/** @returns undefined if the bytes are not text. UTF-16 is recognized by its byte order mark. */
function textOf(head: Uint8Array): string | undefined {
  const utf16 =
    head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : undefined;
  try {
    const text = new TextDecoder(utf16 ?? 'utf-8', { fatal: true }).decode(head, { stream: true });
    // eslint-disable-next-line no-control-regex
    return /[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

function webPage(text: string): FileKind | undefined {
  if (!/^(?:<!--[^]*?-->\s*|<\?xml[^>]*\?>\s*)*<(?:!doctype html|html|head|body|title|meta|script)\b/i.test(text))
    return undefined;
  const title = /<title[^>]*>([^<]*)/i.exec(text)?.[1] ?? /<h1[^>]*>([^<]*)/i.exec(text)?.[1];
  return kind('web-page', `a web page${quoted(title)}`);
}

function xml(text: string, { bytes }: FileInspection): FileKind | undefined {
  if (!/^<(?:\?xml|svg|(?:\w+:)?error)\b/i.test(text)) return undefined;
  const code = /<(?:code|message|title)>([^<]*)/i.exec(text)?.[1];
  if (/<(?:\w+:)?error\b/i.test(text) && bytes < LONGEST_MESSAGE)
    return kind('server-message', `an error message of a server${quoted(code)}`);
  return kind('xml', /<svg\b/i.test(text) ? 'an SVG picture' : 'an XML file');
}

function json(text: string, { bytes }: FileInspection): FileKind | undefined {
  if (!/^[{[]\s*(?:["{[\]}\d-]|true|false|null)/.test(text)) return undefined;
  if (/^\{\s*"format":\s*"mnist-studio-network"/.test(text))
    return kind('network-json', 'a network that this app exported');
  if (/^\{\s*"format":\s*\d+,\s*"name":[^]*"settings":/.test(text))
    return kind('run', 'the description of a run of this app');
  if (/^\{\s*"[^]*"learningRate":/.test(text) && /"hidden":/.test(text))
    return kind('settings', 'settings of this app');
  const message = /"(?:message|error|detail|error_description|msg)":\s*"([^"]*)"/i.exec(text);
  return message && bytes < LONGEST_MESSAGE
    ? kind('server-message', `an error message of a server${quoted(message[1])}`)
    : kind('json', 'a JSON file');
}

/** What servers write in place of a file. */
const SERVER_MESSAGE = new RegExp(
  [
    String.raw`^(?:error\b|http\/|\d{3}\b[\s:-]*[a-z])`,
    'not found|forbidden|access denied|permission denied|unauthori[sz]ed|too many requests|moved permanently',
    'bad gateway|service unavailable|rate limit|quota',
  ].join('|'),
  'i',
);

function message(text: string, { bytes }: FileInspection): FileKind | undefined {
  const [line = ''] = text.split(/[\r\n]/, 1);
  return bytes < LONGEST_MESSAGE && SERVER_MESSAGE.test(text)
    ? kind('server-message', `an error message of a server${quoted(line)}`)
    : undefined;
}

function base64(text: string, { bytes }: FileInspection): FileKind | undefined {
  const isBase64 =
    /^(?:[A-Za-z0-9+/]{76}\s+)*[A-Za-z0-9+/\s]{20,}={0,2}\s*$/.test(text) &&
    /[A-Z]/.test(text) &&
    /[a-z]/.test(text) &&
    !/[A-Za-z] [A-Za-z]/.test(text);
  return isBase64 && bytes >= 20 ? kind('base64', 'a text in base64') : undefined;
}

/** Lines of numbers, optionally after a line of names. */
function table(text: string): FileKind | undefined {
  const lines = text
    .split(/\r\n?|\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 3);
  for (const separator of [',', ';', '\t']) {
    const counts = lines.slice(0, text.length > 60_000 ? 1 : 2).map((line) => line.split(separator).length);
    const values = (lines[1] ?? lines[0] ?? '').split(separator);
    const isTable =
      counts[0]! >= 2 &&
      counts.every((count) => count === counts[0]) &&
      values.filter((value) => isNumber(value)).length * 2 > values.length;
    if (isTable) return kind('csv', `a table in text (${separator === '\t' ? 'TSV' : 'CSV'})`);
  }
  return undefined;
}

function isNumber(value: string): boolean {
  return value.trim() !== '' && Number.isFinite(Number(value.trim().replace(/^"(.*)"$/, '$1')));
}

function kind(id: FileKind['id'], what: string): FileKind {
  return { id, what };
}

/** Words in quotes and parentheses to append to a kind; empty if there are no words. */
function quoted(words: string | undefined): string {
  const line = words?.replace(/\s+/g, ' ').trim() ?? '';
  return line === '' ? '' : ` (“${line.length > MOST_QUOTED ? `${line.slice(0, MOST_QUOTED)}…` : line}”)`;
}
