// Draws strokes on a canvas, and reads the grey picture back from one.
import type { GreyPicture } from './fit';
import type { Stroke } from './drawing.svelte';
import { smoothCurves } from './smooth';

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
    context.moveTo(points[0]!.x * side, points[0]!.y * side);
    // A dot is a curve of length zero with round ends.
    for (const { control, end } of smoothCurves(points))
      context.quadraticCurveTo(control.x * side, control.y * side, end.x * side, end.y * side);
    context.stroke();
  }
}

let shared: OffscreenCanvasRenderingContext2D | undefined;

/** @param side of the picture in pixels */
export function greyPicture(strokes: readonly Stroke[], side = GREY_SIDE): GreyPicture {
  shared ??= new OffscreenCanvas(GREY_SIDE, GREY_SIDE).getContext('2d', { willReadFrequently: true })!;
  shared.clearRect(0, 0, side, side);
  inkStrokes(shared, strokes, side, 'black');
  const { data } = shared.getImageData(0, 0, side, side);
  const ink = new Uint8Array(side * side);
  for (let k = 0; k < ink.length; k++) ink[k] = data[4 * k + 3]!;
  return { width: side, height: side, ink };
}
