// How large the figures of the Draw tab are: as large as the tab allows, and of one size whether digits are kept. Pure.
import { evenScale } from '../charts/picture-grid';

export interface TabRoom {
  /** Of the tab, with its padding, in CSS pixels. */
  width: number;
  height: number;
  /** Device pixels per CSS pixel. */
  ratio: number;
}

export interface DrawLayout {
  /** 3: the pad, the network's input, and its reasons. 2: the last two share a place. */
  figures: 2 | 3;
  /** CSS pixels per pixel of an image, whole in device pixels. */
  scale: number;
}

/** Narrower tabs have room for two figures beside the answer. */
const THREE_FIGURES = 900;
const GAP = 20;
/** Padding and the answer's column. */
const WIDTH_OF_REST = 56 + 180;
/** Padding, header, captions, tools and lights, kept digits. */
const HEIGHT_OF_REST = 340;
const LEAST_SIDE = 112;

/** @param pixels of the image's longer side */
export function drawLayout({ width, height, ratio }: TabRoom, pixels: number): DrawLayout {
  const figures = width < THREE_FIGURES ? 2 : 3;
  const side = Math.min((width - WIDTH_OF_REST - figures * GAP) / figures, height - HEIGHT_OF_REST);
  return { figures, scale: evenScale(Math.max(LEAST_SIDE, side) * ratio, pixels) / ratio };
}

const LEAST_STEP = 3;
const MOST_STEP = 40;

/**
 * The distance from one unit's light to the next, in device pixels: the largest at which rows of lights fit.
 * @param units at least one. @param width of the room in device pixels, like its height
 */
export function lightStep(units: number, width: number, height: number): number {
  let step = MOST_STEP;
  while (step > LEAST_STEP && Math.ceil(units / Math.max(1, Math.floor(width / step))) * step > height) step--;
  return step;
}
