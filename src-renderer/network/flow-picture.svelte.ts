// Draws the network with an image flowing through: pixels as ink, units as lights, and the strongest connections as
// lines.
import type { Attachment } from 'svelte/attachments';
import { placeOf, type Connection, type FlowColumn } from './flow';
import { activationColors } from '../charts/activation-colors';
import { colorize, divergingPalette } from '../charts/color-scale';
import { parseHex, type Rgb } from '../charts/hex-color';
import { readTheme, type Theme } from '../charts/theme';

export interface FlowPicture {
  columns: readonly FlowColumn[];
  /** The pixels, 0 to 1, then the activations of every layer. */
  signals: readonly ArrayLike<number>[];
  /** For each layer the connections into it, largest first. */
  connections: readonly (readonly Connection[])[];
  /** Layers from this one on are dark. The pixels are layer 0. */
  reached: number;
  /** The unit under the pointer or the cursor. */
  focus: { layer: number; unit: number } | undefined;
  /** CSS pixels. */
  width: number;
  height: number;
  /** Device pixels to a CSS pixel. */
  ratio: number;
}

/** @param read called in an effect: the network is drawn again when anything that it reads changes */
export function flowPicture(read: () => FlowPicture): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    const digit = document.createElement('canvas');
    let drawn: { input: ArrayLike<number>; theme: Theme } | undefined;

    $effect(() => {
      const picture = read();
      const theme = readTheme();
      canvas.width = Math.round(picture.width * picture.ratio);
      canvas.height = Math.round(picture.height * picture.ratio);
      const context = canvas.getContext('2d')!;
      context.scale(picture.ratio, picture.ratio);
      drawConnections(context, picture, theme);
      const [pixels, ...units] = picture.columns.slice(0, -1);
      const input = picture.signals[0];
      if (pixels && input) {
        if (drawn?.input !== input || drawn.theme !== theme) fillDigit(digit, pixels, input, theme);
        drawn = { input, theme };
        drawDigit(context, pixels, digit);
      }
      units.forEach((column, layer) =>
        drawUnits(context, column, picture.signals[layer + 1]!, layer + 1 < picture.reached, theme),
      );
      drawFocus(context, picture, theme);
    });
  };
}

function drawConnections(
  context: CanvasRenderingContext2D,
  { columns, connections, reached }: FlowPicture,
  theme: Theme,
): void {
  const [positive, negative] = [theme.weightPositive, theme.weightNegative].map(parseHex) as [Rgb, Rgb];
  connections.forEach((list, layer) => {
    if (layer + 1 >= reached) return;
    const largest = Math.abs(list[0]?.value ?? 1);
    for (let k = list.length - 1; k >= 0; k--) {
      const { from, to, value } = list[k]!;
      const share = Math.abs(value) / largest;
      const [start, end] = [placeOf(columns[layer]!, from), placeOf(columns[layer + 1]!, to)];
      const half = (end.x - start.x) / 2;
      context.strokeStyle = `rgb(${(value < 0 ? negative : positive).join(' ')} / ${0.15 + 0.65 * share})`;
      context.lineWidth = 0.75 + 1.5 * share;
      context.beginPath();
      context.moveTo(start.x, start.y);
      context.bezierCurveTo(start.x + half, start.y, end.x - half, end.y, end.x, end.y);
      context.stroke();
    }
  });
}

/** Draws the image at its own size. It is redrawn only if it or the theme changes, not with every new network. */
function fillDigit(
  digit: HTMLCanvasElement,
  { across, count }: FlowColumn,
  input: ArrayLike<number>,
  theme: Theme,
): void {
  const ink = parseHex(theme.ink);
  digit.width = across;
  digit.height = count / across;
  const shares = Int8Array.from(input, (pixel) => Math.round(127 * pixel));
  const colors = colorize(shares, divergingPalette(ink, parseHex(theme.panel), ink), 128);
  digit.getContext('2d')!.putImageData(new ImageData(colors, across), 0, 0);
}

function drawDigit(
  context: CanvasRenderingContext2D,
  { x, y, stepX, stepY, across, count }: FlowColumn,
  digit: HTMLCanvasElement,
): void {
  context.imageSmoothingEnabled = false;
  context.drawImage(digit, x, y, across * stepX, (count / across) * stepY);
}

function drawUnits(
  context: CanvasRenderingContext2D,
  column: FlowColumn,
  signal: ArrayLike<number>,
  lit: boolean,
  theme: Theme,
): void {
  const colorOf = activationColors(signal, theme);
  const { x, y, stepX, stepY, across, count } = column;
  const gap = stepX < 4 ? 0 : 1;
  context.fillStyle = theme.paper; // so that no line shows through the gaps
  context.fillRect(x, y, across * stepX, Math.ceil(count / across) * stepY);
  for (let unit = 0; unit < count; unit++) {
    context.fillStyle = colorOf(lit ? signal[unit]! : 0);
    context.fillRect(x + (unit % across) * stepX, y + Math.floor(unit / across) * stepY, stepX - gap, stepY - gap);
  }
}

function drawFocus(context: CanvasRenderingContext2D, { columns, focus }: FlowPicture, theme: Theme): void {
  const column = focus && columns[focus.layer];
  if (!column || column.stepX === 0) return;
  const { x, y } = placeOf(column, focus.unit);
  const side = Math.max(column.stepX, 8);
  context.strokeStyle = theme.ink;
  context.lineWidth = 2;
  context.strokeRect(x - side / 2 - 1, y - side / 2 - 1, side + 1, side + 1);
}
