// The visible part of an element, for a picture of it.

export interface PartInView {
  /** CSS pixels of the window. */
  box: DOMRect;
  /** Whether all of the element is in view. */
  whole: boolean;
}

/** Up to half a pixel beyond an edge is rounding, not a hidden part. */
const HIDDEN_PX = 0.5;

/**
 * How many frames the page may be ahead of the screen: the compositor holds one that is drawn, one that is ready and
 * one in preparation.
 */
const FRAMES_AHEAD = 4;

/** Resolves once the screen shows the element at its new place. */
export async function scrollIntoView(element: HTMLElement): Promise<void> {
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  for (let frame = 0; frame < FRAMES_AHEAD; frame++) await new Promise(requestAnimationFrame);
}

/** Clips an element to the window and to ancestors that scroll. @returns undefined if nothing is visible */
export function partInView(element: HTMLElement): PartInView | undefined {
  const own = element.getBoundingClientRect();
  let box = intersection(own, new DOMRect(0, 0, innerWidth, innerHeight));
  for (let ancestor = element.parentElement; ancestor; ancestor = ancestor.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(ancestor);
    if (overflowX !== 'visible' || overflowY !== 'visible') box = intersection(box, ancestor.getBoundingClientRect());
  }
  if (box.width <= 0 || box.height <= 0) return undefined;
  return { box, whole: own.width - box.width <= HIDDEN_PX && own.height - box.height <= HIDDEN_PX };
}

function intersection(a: DOMRect, b: DOMRect): DOMRect {
  const [left, top] = [Math.max(a.left, b.left), Math.max(a.top, b.top)];
  return new DOMRect(left, top, Math.min(a.right, b.right) - left, Math.min(a.bottom, b.bottom) - top);
}
