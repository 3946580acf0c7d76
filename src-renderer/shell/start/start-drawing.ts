// What is drawn on the start view, and the "3" that it shows before.
import { Drawing, type Stroke } from '../../draw';

/** Of the drawing and of an MNIST image, in pixels. */
export const SIDE = 28;
const PEN = 2.5;

/** One stroke, in pixels of the picture. Its corner is there twice, so that smoothing leaves it sharp. */
const THREE = [
  [8.2, 7.4],
  [10.1, 5.9],
  [12.8, 5.1],
  [15.7, 5.0],
  [18.0, 5.9],
  [19.2, 7.9],
  [18.9, 9.6],
  [17.9, 11.0],
  [16.2, 12.0],
  [14.4, 12.8],
  [12.6, 13.2],
  [12.6, 13.2],
  [14.9, 13.2],
  [17.1, 13.8],
  [18.9, 14.8],
  [20.0, 16.4],
  [20.2, 18.4],
  [19.0, 20.9],
  [16.6, 22.5],
  [13.5, 23.1],
  [10.4, 22.8],
  [7.6, 21.4],
] as const;

export const EXAMPLE: Stroke = {
  points: THREE.map(([x, y]) => ({ x: x / SIDE, y: y / SIDE })),
  width: PEN / SIDE,
};

export const startDrawing = new Drawing();
