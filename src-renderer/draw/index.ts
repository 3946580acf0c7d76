// What other rooms may use of this one, which has a pad to draw on.
export { drawingOf } from './draw-state';
