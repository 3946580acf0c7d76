// Draws strokes on a canvas, and reads the grey picture back from one.
import type { GreyPicture } from './fit';
import type { Stroke } from './drawing.svelte';

/** Side in pixels: a pixel of the fitted image covers several of these. */
const GREY_SIDE = 196;

/** @param side of the square canvas, in device pixels */
export function inkStrokes(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  strokes: readonly Stroke[],
  side: number,
  color: string,
): void {
  context.strokeStyle = color;
  context.lineCap = context.lineJoin = 'round';
  for (const { points, width } of strokes) {
    context.lineWidth = width * side;
    context.beginPath();
    points.forEach(({ x, y }, k) =>
      k === 0 ? context.moveTo(x * side, y * side) : context.lineTo(x * side, y * side),
    );
    // A dot is a line of length zero with round ends.
    if (points.length === 1) context.lineTo(points[0]!.x * side, points[0]!.y * side);
    context.stroke();
  }
}

let shared: OffscreenCanvasRenderingContext2D | undefined;

export function greyPicture(strokes: readonly Stroke[]): GreyPicture {
  shared ??= new OffscreenCanvas(GREY_SIDE, GREY_SIDE).getContext('2d', { willReadFrequently: true })!;
  shared.clearRect(0, 0, GREY_SIDE, GREY_SIDE);
  inkStrokes(shared, strokes, GREY_SIDE, 'black');
  const { data } = shared.getImageData(0, 0, GREY_SIDE, GREY_SIDE);
  const ink = new Uint8Array(GREY_SIDE * GREY_SIDE);
  for (let k = 0; k < ink.length; k++) ink[k] = data[4 * k + 3]!;
  return { width: GREY_SIDE, height: GREY_SIDE, ink };
}
