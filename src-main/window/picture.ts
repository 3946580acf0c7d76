// Computes which part of the window a picture shows.

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * The rectangle to capture, in whole device-independent pixels, clipped to the window. A fraction of a pixel at an edge
 * counts as a whole pixel.
 * @param part of the page, in CSS pixels
 * @param zoom device-independent pixels in a CSS pixel
 * @param window size of the page in the window, device-independent pixels
 * @returns undefined if no part of it is in the window: capturing an empty rectangle would capture the whole window
 */
export function captureArea(
  part: Rectangle,
  zoom: number,
  window: { width: number; height: number },
): Rectangle | undefined {
  const [left, right] = span(part.x * zoom, (part.x + part.width) * zoom, window.width);
  const [top, bottom] = span(part.y * zoom, (part.y + part.height) * zoom, window.height);
  if (right <= left || bottom <= top) return undefined;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Less than this beyond a whole pixel is a rounding error, as in 330.00000000000006. */
const TOLERANCE = 1e-6;

function span(from: number, to: number, length: number): [from: number, to: number] {
  return [Math.max(0, Math.floor(from + TOLERANCE)), Math.min(length, Math.ceil(to - TOLERANCE))];
}
