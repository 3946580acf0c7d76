// What other rooms may use of this one, where digits are drawn: the pad, and what the network is given of a drawing.
import type { Drawing } from './drawing.svelte';
import { fitDrawing } from './fit';
import { greyPicture } from './ink';

export { drawingOf } from './draw-state';
export { greyPicture } from './ink';
export { default as DrawingPad } from './DrawingPad.svelte';
export { Drawing, type Stroke } from './drawing.svelte';
export { loadSmallNetwork, type SmallNetwork } from './small-network';

/** @returns [rows × columns], 0 to 255, as in the dataset's images */
export function drawnPixels({ strokes }: Pick<Drawing, 'strokes'>, rows: number, columns: number): Uint8Array {
  return fitDrawing(greyPicture(strokes), rows, columns);
}
