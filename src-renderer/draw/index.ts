// What other rooms may use of this one, which has the drawing pad and makes an input of the network of a drawing.
export { drawingOf } from './draw-state';
export { default as DrawingPad } from './DrawingPad.svelte';
export { Drawing, type Stroke } from './drawing.svelte';
export { fitDrawing } from './fit';
export { greyPicture } from './ink';
export { loadSmallNetwork, type SmallNetwork } from './small-network';
