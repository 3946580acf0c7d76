// The tour: target and text of each step, and the position of its card. Pure.

export interface TourStep {
  /** Selectors; the target is the first that is visible. */
  targets: readonly string[];
  title: string;
  text: string;
}

export const TOUR: readonly TourStep[] = [
  {
    targets: ['[data-testid=open-builtin]', '[data-testid=dataset-summary]'],
    title: 'Choose what to learn from',
    text:
      'The handwritten digits of MNIST are built in. A folder of your own with files in the MNIST format works ' +
      'as well: choose it or drop it on the window.',
  },
  {
    targets: ['#settings', '[data-testid=fold-settings]'],
    title: 'Set how it learns',
    text:
      'A preset fills in everything. Each field says what it does to learning while you are in it, and some can ' +
      'still be changed while it trains.',
  },
  {
    targets: ['[data-testid=train]', '[data-testid=train-on]', '[data-testid=pause]', '[data-testid=resume]'],
    title: 'Train',
    text: 'One press starts it. Pause whenever you like, or train single batches and epochs with Steps.',
  },
  {
    targets: ['[role=tablist]'],
    title: 'Watch it learn',
    text:
      'Curves, weights, mistakes, a pad to draw on, a map, the network itself, and all of your runs: each ' +
      'tab shows the same network from another side.',
  },
];

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const TOUR_GAP = 14;
const MARGIN = 12;

/**
 * Places the card below its target if it fits there, else above, else to the right, else to the left; always inside the
 * window. CSS pixels.
 */
export function placeBeside(
  target: Box,
  card: Pick<Box, 'width' | 'height'>,
  window: Pick<Box, 'width' | 'height'>,
): { x: number; y: number } {
  const inside = (value: number, size: number, room: number) => Math.max(MARGIN, Math.min(value, room - size - MARGIN));
  const fits = (place: { x: number; y: number }) =>
    place.x === inside(place.x, card.width, window.width) && place.y === inside(place.y, card.height, window.height);
  const x = inside(target.x, card.width, window.width);
  const y = inside(target.y, card.height, window.height);
  const places = [
    { x, y: target.y + target.height + TOUR_GAP },
    { x, y: target.y - TOUR_GAP - card.height },
    { x: target.x + target.width + TOUR_GAP, y },
    { x: target.x - TOUR_GAP - card.width, y },
  ];
  return places.find(fits) ?? { x: inside(places[3]!.x, card.width, window.width), y };
}
