// Reads a table of images, one per line: a label, pixels, or both. Parses bytes rather than strings, because MNIST's
// table has 110 million characters.
import { StudioError } from '../../../../src-shared/errors';
import { decodeText } from '../labels/decode-text';
import { bytesInWords, inWords } from '../number-words';
import { csvLayout, pixelColumns, type CsvLayout } from './csv-layout';
import type { NumberArray } from './number-array';

/** Bytes of all pixels. */
const LARGEST_TABLE = 2 ** 30;
const MOST_LINES = 2 ** 24;
/** Bytes from which the layout is determined. */
const HEAD = 1 << 16;
/** Enough for a first line of 256×256 names. */
export const LONGEST_FIRST_LINE = 1 << 20;
const LONGEST_FIELD = 100;
const LINE_FEED = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;

export interface CsvTable {
  layout: CsvLayout;
  /** [count, pixels]; undefined if the table has only labels. */
  pixels: NumberArray | undefined;
  /** The label of each line: numbers if all are, otherwise strings. Undefined if the table has only pixels. */
  labels: number[] | string[] | undefined;
}

/** @param name for error messages. @param bytes of the file, Infinity if unknown. Throws file-unreadable, too-large. */
export async function readCsv(name: string, bytes: number, chunks: AsyncIterable<Uint8Array>): Promise<CsvTable> {
  let parser: CsvParser | undefined;
  let head = new Uint8Array(0);
  const begin = () => {
    parser = new CsvParser(name, bytes, layoutOf(head, name));
    parser.take(withoutByteOrderMark(head));
  };
  for await (const chunk of chunks) {
    if (parser) parser.take(chunk);
    else {
      head = new Uint8Array(Buffer.concat([head, chunk]));
      const hasLine = head.includes(LINE_FEED) || head.includes(RETURN);
      if (head.length >= (hasLine ? HEAD : LONGEST_FIRST_LINE)) begin();
    }
  }
  if (!parser) begin();
  return parser!.end();
}

function layoutOf(head: Uint8Array, name: string): CsvLayout {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw new StudioError(
      'file-unreadable',
      `${name} is written in UTF-16: expected UTF-8 or plain ASCII. Please save it as “CSV UTF-8”.`,
    );
  }
  const layout = csvLayout(Buffer.from(head.subarray(0, LONGEST_FIRST_LINE)).toString('latin1').replace(/^ï»¿/, ''));
  if (layout) return layout;
  throw new StudioError(
    'file-unreadable',
    `${name} is not a table of images: expected a line for each image, with its label and then its pixels from 0 ` +
      'to 255. Please check the file.',
  );
}

function withoutByteOrderMark(head: Uint8Array): Uint8Array {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head;
}

/** Decodes a label. @param bytes one character per byte */
function decodeLabel(bytes: string): string {
  const decoded = decodeText(Buffer.from(bytes, 'latin1'));
  return (decoded?.text ?? bytes).trim();
}

class CsvParser {
  private readonly separator: number;
  private readonly isOther: boolean[];
  private readonly width: number;
  /** Bytes as long as all pixels are integers from 0 to 255. */
  private pixels: Uint8Array | Float32Array;
  private used = 0;
  private readonly labels: (number | string)[] = [];
  private hasTexts = false;

  private line = 1;
  private column = 0;
  /** Whether the last line ended with a carriage return. A line feed directly after it does not begin a line. */
  private afterReturn = false;
  private skipsLine: boolean;
  /** The current field: its digits so far, or its text if it has other characters. */
  private value = 0;
  private digits = 0;
  private text = '';
  private inQuotes = false;
  /** Bytes before the current chunk, and the position of the last closing quotation mark. */
  private offset = 0;
  private closedAt = -2;

  constructor(
    private readonly name: string,
    private readonly bytes: number,
    private readonly layout: CsvLayout,
  ) {
    this.separator = layout.separator.charCodeAt(0);
    this.width = pixelColumns(layout);
    this.skipsLine = layout.hasHeader;
    this.isOther = Array.from({ length: layout.columns }, (_, column) => layout.others.includes(column));
    this.pixels = new Uint8Array(this.width * 1024);
  }

  take(chunk: Uint8Array): void {
    const { separator } = this;
    for (let k = 0; k < chunk.length; k++) {
      const byte = chunk[k]!;
      if (byte >= 48 && byte <= 57 && this.text === '') {
        this.value = this.value * 10 + byte - 48;
        this.digits++;
      } else if (byte === separator && !this.inQuotes) this.endField();
      else if (byte === LINE_FEED || byte === RETURN) this.endLine(byte);
      else if (byte === QUOTE) this.takeQuote(this.offset + k);
      else if (byte !== SPACE || this.digits > 0 || this.text !== '') this.addToText(byte);
    }
    this.offset += chunk.length;
  }

  /** Two quotation marks within a quoted field stand for one. */
  private takeQuote(at: number): void {
    if (this.inQuotes) {
      this.inQuotes = false;
      this.closedAt = at;
    } else if (this.closedAt === at - 1) {
      this.inQuotes = true;
      this.addToText(QUOTE);
    } else if (this.digits === 0 && this.text === '') this.inQuotes = true;
    else this.addToText(QUOTE);
  }

  end(): CsvTable {
    this.endLine(LINE_FEED);
    const count = this.width > 0 ? this.used / this.width : this.labels.length;
    if (count === 0) throw this.refusal('it has no line with an image');
    const labels = this.hasTexts ? this.labels.map(String) : (this.labels as number[]);
    return {
      layout: this.layout,
      pixels:
        this.width === 0
          ? undefined
          : { name: this.name, shape: [count, this.width], values: this.pixels.subarray(0, this.used) },
      labels: this.layout.label === undefined ? undefined : labels,
    };
  }

  private addToText(byte: number): void {
    if (this.skipsLine) {
      this.text = '?';
      return;
    }
    if (this.text === '' && this.digits > 0) this.text = String(this.value).padStart(this.digits, '0');
    this.text += String.fromCharCode(byte);
    if (this.text.length > LONGEST_FIELD) throw this.wrongValue('a number');
  }

  private endField(): void {
    if (!this.skipsLine) this.store();
    this.column++;
    this.value = 0;
    this.digits = 0;
    this.text = '';
    this.inQuotes = false;
  }

  /** Ignores empty lines. */
  private endLine(byte: number): void {
    const isEmpty = this.column === 0 && this.digits === 0 && this.text === '';
    const isSecondHalf = isEmpty && byte === LINE_FEED && this.afterReturn;
    if (!isEmpty) {
      this.endField();
      if (!this.skipsLine && this.column !== this.layout.columns) {
        throw this.refusal(
          `its line ${inWords(this.line)} has ${inWords(this.column)} values, and ` +
            `${inWords(this.layout.columns)} were expected, as in its first line`,
        );
      }
      this.skipsLine = false;
      this.column = 0;
    }
    if (!isSecondHalf) this.line++;
    this.afterReturn = byte === RETURN;
  }

  private store(): void {
    if (this.column >= this.layout.columns || this.isOther[this.column]) return;
    const isLabel = this.column === this.layout.label;
    if (this.text.trim() === '' && (this.digits === 0 || this.text !== ''))
      throw this.wrongValue(isLabel ? 'a label' : 'a pixel');
    const value = this.text === '' ? this.value : Number(this.text);
    if (isLabel) this.storeLabel(value);
    else this.storePixel(value);
  }

  private storeLabel(value: number): void {
    if (Number.isNaN(value)) this.hasTexts = true;
    else if (!Number.isInteger(value) && !this.layout.isGuessed)
      throw this.wrongValue('a label that is a whole number');
    if (this.labels.length === MOST_LINES) throw this.tooLarge(`${inWords(MOST_LINES)} lines`);
    this.labels.push(Number.isNaN(value) ? decodeLabel(this.text) : value);
  }

  private storePixel(value: number): void {
    if (this.used === this.pixels.length) this.grow();
    if (!(value >= 0 && value <= 255 && Number.isInteger(value)) && this.pixels instanceof Uint8Array) {
      if (!Number.isFinite(value)) throw this.wrongValue('a pixel');
      this.checkSize(4 * this.pixels.length);
      this.pixels = Float32Array.from(this.pixels);
    } else if (!Number.isFinite(value)) throw this.wrongValue('a pixel');
    this.pixels[this.used++] = value;
  }

  /** Grows first to the size that the file will need if all lines have the same length. */
  private grow(): void {
    const lines = this.used / this.width;
    const expected =
      Number.isFinite(this.bytes) && this.line > 1 ? Math.ceil((this.bytes / (this.width * 2)) * 1.1) : 0;
    const size = this.width * Math.max(lines * 2, Math.min(expected, lines * 64));
    const larger = this.pixels instanceof Uint8Array ? new Uint8Array(size) : new Float32Array(size);
    this.checkSize(this.used * larger.BYTES_PER_ELEMENT);
    larger.set(this.pixels);
    this.pixels = larger;
  }

  private checkSize(bytes: number): void {
    if (bytes > LARGEST_TABLE) throw this.tooLarge(`${bytesInWords(LARGEST_TABLE)} of pixels`);
  }

  private tooLarge(most: string): StudioError {
    return new StudioError('too-large', `${this.name} holds more than ${most}. Please use a smaller dataset.`);
  }

  /** @param expected with its article, such as “a pixel” */
  private wrongValue(expected: string): StudioError {
    const shown =
      this.text === '' ? (this.digits === 0 ? 'nothing' : String(this.value)) : `“${this.text.slice(0, 40)}”`;
    return this.refusal(
      `its line ${inWords(this.line)} has ${shown} as value ${inWords(this.column + 1)}, and ${expected} was expected`,
    );
  }

  private refusal(reason: string): StudioError {
    return new StudioError(
      'file-unreadable',
      `${this.name} cannot be read as a table of images: ${reason}. Please correct the file.`,
    );
  }
}
