// Decodes a small PNG picture to gray pixels. Not a library, because the size must be checked before memory is
// allocated, and because tens of thousands of small pictures must be decoded quickly.
// https://www.w3.org/TR/png-3/
import { crc32, inflateSync } from 'node:zlib';

export interface GrayImage {
  rows: number;
  columns: number;
  /** [rows × columns], 0 black to 255 white. */
  pixels: Uint8Array;
}

export const LARGEST_SIDE = 256;

const SIGNATURE = '\x89PNG\r\n\x1a\n';
const GRAY = 0;
const RGB = 2;
const PALETTE = 3;
const GRAY_ALPHA = 4;
const RGB_ALPHA = 6;
/** Values per pixel. */
const CHANNELS: Readonly<Record<number, number>> = {
  [GRAY]: 1,
  [RGB]: 3,
  [PALETTE]: 1,
  [GRAY_ALPHA]: 2,
  [RGB_ALPHA]: 4,
};
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  [GRAY]: [1, 2, 4, 8, 16],
  [RGB]: [8, 16],
  [PALETTE]: [1, 2, 4, 8],
  [GRAY_ALPHA]: [8, 16],
  [RGB_ALPHA]: [8, 16],
};

interface Header {
  columns: number;
  rows: number;
  depth: number;
  colour: number;
}

interface Chunks {
  header: Header;
  palette: Buffer;
  /** Opacity of each colour of the palette. */
  alphas: Buffer;
  data: Buffer[];
}

/** Its message is half a sentence, such as “is cut off”. */
export class PngFault extends Error {}

/**
 * Colours become their luminance, and transparent pixels white paper. A drawing in one colour becomes dark ink,
 * whatever its colour. Throws PngFault.
 */
export function decodePng(bytes: Uint8Array): GrayImage {
  const { header, palette, alphas, data } = readChunks(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const { rows, columns, depth, colour } = header;
  const channels = CHANNELS[colour]!;
  const stride = Math.ceil((columns * channels * depth) / 8);
  const lines = inflate(data, rows * (stride + 1));
  unfilter(lines, rows, stride, Math.max(1, (channels * depth) >> 3));

  const pixels = new Uint8Array(rows * columns);
  const opacity = new Uint8Array(rows * columns).fill(255);
  // The lower 8 of 16 bits are ignored.
  const step = depth === 16 ? 2 : 1;
  for (let y = 0, position = 0; y < rows; y++) {
    const line = lines.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1));
    for (let x = 0; x < columns; x++, position++) {
      const value = (channel: number) => line[(x * channels + channel) * step]!;
      if (colour === PALETTE) {
        const index = sample(line, x, depth);
        pixels[position] = fromPalette(palette, index);
        opacity[position] = alphas[index] ?? 255;
      } else if (colour === GRAY)
        pixels[position] = depth < 8 ? (sample(line, x, depth) * 255) / ((1 << depth) - 1) : value(0);
      else pixels[position] = colour === GRAY_ALPHA ? value(0) : luminance(value(0), value(1), value(2));
      if (colour === GRAY_ALPHA || colour === RGB_ALPHA) opacity[position] = value(channels - 1);
    }
  }
  return { rows, columns, pixels: onPaper(pixels, opacity) };
}

function readChunks(bytes: Buffer): Chunks {
  if (bytes.toString('latin1', 0, 8) !== SIGNATURE) throw new PngFault('is not a PNG picture');
  let header: Header | undefined;
  let palette: Buffer = Buffer.alloc(0);
  let alphas: Buffer = Buffer.alloc(0);
  const data: Buffer[] = [];
  for (let at = 8; ;) {
    if (at + 12 > bytes.length) throw new PngFault('is cut off');
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const end = at + 8 + length;
    if (end + 4 > bytes.length) throw new PngFault('is cut off');
    if (crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end))
      throw new PngFault('is damaged: a check sum in it is wrong');
    const content = bytes.subarray(at + 8, end);
    if (type === 'IHDR') header = readHeader(content);
    else if (type === 'PLTE') palette = content;
    else if (type === 'tRNS') alphas = content;
    else if (type === 'IDAT') data.push(content);
    else if (type === 'IEND') break;
    at = end + 4;
  }
  if (!header || data.length === 0) throw new PngFault('is damaged: its header or its pixels are missing');
  return { header, palette, alphas: header.colour === PALETTE ? alphas : Buffer.alloc(0), data };
}

function readHeader(content: Buffer): Header {
  if (content.length !== 13) throw new PngFault('is damaged: its header has the wrong length');
  const [columns, rows, depth, colour] = [content.readUInt32BE(0), content.readUInt32BE(4), content[8]!, content[9]!];
  if (columns === 0 || rows === 0 || !DEPTHS[colour]?.includes(depth))
    throw new PngFault('is damaged: its header is invalid');
  if (Math.max(columns, rows) > LARGEST_SIDE)
    throw new PngFault(`has ${rows}×${columns} pixels, and at most ${LARGEST_SIDE} each way were expected`);
  if (content[12] !== 0) throw new PngFault('is interlaced, which this app does not read');
  return { columns, rows, depth, colour };
}

function inflate(data: Buffer[], length: number): Buffer {
  try {
    const lines = inflateSync(data.length === 1 ? data[0]! : Buffer.concat(data), { maxOutputLength: length });
    if (lines.length === length) return lines;
  } catch {
    // Too long, or not zlib data.
  }
  throw new PngFault('is damaged: its pixels cannot be unpacked');
}

/** Undoes the filters in place. Each line begins with the number of its filter. @param width bytes per pixel */
function unfilter(lines: Buffer, rows: number, stride: number, width: number): void {
  for (let y = 0; y < rows; y++) {
    const start = y * (stride + 1) + 1;
    const filter = lines[start - 1]!;
    if (filter > 4) throw new PngFault('is damaged: one of its lines has an unknown filter');
    if (filter === 0) continue;
    for (let x = 0; x < stride; x++) {
      const left = x >= width ? lines[start + x - width]! : 0;
      const above = y > 0 ? lines[start + x - stride - 1]! : 0;
      const corner = x >= width && y > 0 ? lines[start + x - stride - 1 - width]! : 0;
      const guess =
        filter === 1 ? left : filter === 2 ? above : filter === 3 ? (left + above) >> 1 : paeth(left, above, corner);
      lines[start + x] = lines[start + x]! + guess;
    }
  }
}

/** The neighbour closest to left + above − corner. */
function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [toLeft, toAbove, toCorner] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
}

/** A value of less than eight bits. The first value of a byte is in its highest bits. */
function sample(line: Buffer, x: number, depth: number): number {
  const bit = x * depth;
  return (line[bit >> 3]! >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
}

function fromPalette(palette: Buffer, index: number): number {
  if (3 * index + 2 >= palette.length) throw new PngFault('is damaged: it uses a colour that is not in its palette');
  return luminance(palette[3 * index]!, palette[3 * index + 1]!, palette[3 * index + 2]!);
}

/** Luma after ITU-R BT.601. Grays are unchanged. */
function luminance(red: number, green: number, blue: number): number {
  return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
}

/**
 * Puts the picture on white paper. If all visible pixels have one colour, it is a drawing, and opacity becomes
 * darkness: otherwise white ink would be invisible.
 */
function onPaper(gray: Uint8Array, opacity: Uint8Array): Uint8Array {
  if (opacity.every((alpha) => alpha === 255)) return gray;
  const ink = gray.find((_, position) => opacity[position] !== 0);
  const isDrawing =
    gray.every((value, position) => opacity[position] === 0 || value === ink) &&
    opacity.some((alpha) => alpha !== opacity[0]);
  if (isDrawing) return opacity.map((alpha) => 255 - alpha);
  return gray.map((value, position) => {
    const alpha = opacity[position]!;
    return Math.round((value * alpha + 255 * (255 - alpha)) / 255);
  });
}
