// Lays out the drawing of a network, and finds the connections that contribute most for an image. Pure.
import type { LayerWeights } from '../../src-shared/networks/layers';

/** One layer as a block of cells: pixels, hidden units, or the classes in one column. Lengths in CSS pixels. */
export interface FlowColumn {
  x: number;
  y: number;
  /** Size of a cell with the gap that follows it. */
  stepX: number;
  stepY: number;
  /** Cells per row. */
  across: number;
  count: number;
  /** Of the block. */
  width: number;
}

export interface Connection {
  from: number;
  to: number;
  /** The contribution of the lower unit to the upper one: weight × activation. */
  value: number;
}

/** Width of the classes' column with names, bars and numbers: least and most, as of the other pairs. */
const CLASSES_WIDTH = [190, 340] as const;
const MOST_CELL = 44;
const MOST_UNITS_WIDTH = [170, 520] as const;
const LEAST_GAP = 56;
const CLASS_STEP = [26, 60] as const;
/** Contributions below this are not drawn. */
const NEGLIGIBLE = 1e-6;

/**
 * @param sizes units of every layer, from the pixels to the classes
 * @param image rows and columns
 * @param room CSS pixels
 * @returns one column per layer
 */
export function layOutFlow(
  sizes: readonly number[],
  image: { rows: number; columns: number },
  room: { width: number; height: number },
): FlowColumn[] {
  const hidden = sizes.slice(1, -1);
  const classes = sizes.at(-1)!;
  const pixel = Math.max(
    1,
    Math.floor(Math.min(room.width * 0.22, room.height * 0.6) / Math.max(image.rows, image.columns)),
  );
  const imageWidth = pixel * image.columns;
  const classesWidth = within(CLASSES_WIDTH, room.width * 0.18);
  const left = room.width - imageWidth - classesWidth - (hidden.length + 1) * LEAST_GAP;
  const most = Math.max(8, Math.min(within(MOST_UNITS_WIDTH, room.width * 0.18), left / Math.max(1, hidden.length)));
  const blocks = hidden.map((units) => blockOf(units, most, room.height));
  const free =
    room.width - imageWidth - classesWidth - blocks.reduce((sum, { across, cell }) => sum + across * cell, 0);
  const gap = free / (hidden.length + 1);

  const middle = (height: number): number => Math.max(0, (room.height - height) / 2);
  const columns: FlowColumn[] = [
    {
      x: 0,
      y: middle(pixel * image.rows),
      stepX: pixel,
      stepY: pixel,
      across: image.columns,
      count: image.rows * image.columns,
      width: imageWidth,
    },
  ];
  let x = imageWidth + gap;
  blocks.forEach(({ across, cell }, layer) => {
    const count = hidden[layer]!;
    columns.push({
      x,
      y: middle(Math.ceil(count / across) * cell),
      stepX: cell,
      stepY: cell,
      across,
      count,
      width: across * cell,
    });
    x += across * cell + gap;
  });
  const step = Math.min(within(CLASS_STEP, room.height / 18), room.height / classes);
  columns.push({
    x: room.width - classesWidth,
    y: middle(step * classes),
    stepX: 0,
    stepY: step,
    across: 1,
    count: classes,
    width: classesWidth,
  });
  return columns;
}

const within = ([least, most]: readonly [number, number], wanted: number): number =>
  Math.max(least, Math.min(most, wanted));

/** The largest cells that fit. */
function blockOf(units: number, width: number, height: number): { across: number; cell: number } {
  for (let cell = MOST_CELL; cell > 1; cell--) {
    const across = Math.max(1, Math.min(units, Math.floor(width / cell)));
    if (Math.ceil(units / across) * cell <= height) return { across, cell };
  }
  return { across: Math.max(1, Math.ceil(units / Math.max(1, Math.floor(height)))), cell: 1 };
}

/** The middle of a cell. */
export function placeOf({ x, y, stepX, stepY, across }: FlowColumn, unit: number): { x: number; y: number } {
  return { x: x + ((unit % across) + 0.5) * stepX, y: y + (Math.floor(unit / across) + 0.5) * stepY };
}

/** The cell under a point; undefined if there is none. */
export function unitAt(
  { x, y, stepX, stepY, across, count, width }: FlowColumn,
  at: { x: number; y: number },
): number | undefined {
  const [column, row] = [Math.floor((at.x - x) / (stepX || width)), Math.floor((at.y - y) / stepY)];
  const unit = row * across + column;
  return column >= 0 && column < across && row >= 0 && unit < count ? unit : undefined;
}

/**
 * The connections between two layers with the largest contributions for an image, largest magnitude first.
 * @param signal activations of the lower layer: [inputs]
 * @param most connections to return
 * @param only limits them to those from one lower unit, or to one upper unit
 */
export function strongestConnections(
  layer: LayerWeights,
  signal: ArrayLike<number>,
  most: number,
  only: { from?: number; to?: number } = {},
): Connection[] {
  const { weight, inputs, outputs } = layer;
  const kept: Connection[] = [];
  let least = 0;
  const [firstTo, lastTo] = only.to === undefined ? [0, outputs - 1] : [only.to, only.to];
  const froms = only.from === undefined ? nonZero(signal) : [only.from];
  for (let to = firstTo; to <= lastTo; to++) {
    for (const from of froms) {
      const value = weight[to * inputs + from]! * signal[from]!;
      const size = Math.abs(value);
      if (size <= Math.max(least, NEGLIGIBLE)) continue;
      const at = kept.findIndex((other) => size > Math.abs(other.value));
      kept.splice(at < 0 ? kept.length : at, 0, { from, to, value });
      if (kept.length > most) kept.pop();
      if (kept.length === most) least = Math.abs(kept.at(-1)!.value);
    }
  }
  return kept;
}

/** Units whose activation is not zero: about a fifth of the pixels. */
function nonZero(signal: ArrayLike<number>): number[] {
  return Array.from({ length: signal.length }, (_, unit) => unit).filter((unit) => signal[unit] !== 0);
}

/** Weights and biases of a layer, as a sum: "784 × 256 + 256 = 200,960". */
export function parametersInWords(
  { inputs, outputs }: Pick<LayerWeights, 'inputs' | 'outputs'>,
  format: (count: number) => string,
): string {
  return `${format(inputs)} × ${format(outputs)} + ${format(outputs)} = ${format(inputs * outputs + outputs)}`;
}
