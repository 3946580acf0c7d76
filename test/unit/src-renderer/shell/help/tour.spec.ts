import { expect, it } from 'vitest';
import { GLOSSARY } from '../../../../../src-renderer/shell/help/glossary';
import { placeBeside, TOUR, TOUR_GAP } from '../../../../../src-renderer/shell/help/tour';

const card = { width: 380, height: 200 };
const window = { width: 1280, height: 800 };

it('the tour has four steps, and each has a target', () => {
  expect(TOUR).toHaveLength(4);
  for (const { targets } of TOUR) expect(targets.length).toBeGreaterThan(0);
});

it('a card never leaves the window, wherever its target is', () => {
  for (const size of [window, { width: 640, height: 400 }]) {
    for (let x = -100; x < 1300; x += 50) {
      for (let y = -100; y < 900; y += 50) {
        const place = placeBeside({ x, y, width: 120, height: 40 }, card, size);
        expect(place.x).toBeGreaterThanOrEqual(0);
        expect(place.y).toBeGreaterThanOrEqual(0);
        expect(place.x + card.width).toBeLessThanOrEqual(size.width);
        expect(place.y + card.height).toBeLessThanOrEqual(size.height);
      }
    }
  }
});

it('a card stands below its target, else above it, else beside it', () => {
  expect(placeBeside({ x: 100, y: 100, width: 200, height: 40 }, card, window)).toEqual({ x: 100, y: 140 + TOUR_GAP });
  expect(placeBeside({ x: 100, y: 700, width: 200, height: 40 }, card, window)).toEqual({
    x: 100,
    y: 700 - TOUR_GAP - 200,
  });
  expect(placeBeside({ x: 0, y: 100, width: 272, height: 660 }, card, window)).toEqual({ x: 272 + TOUR_GAP, y: 100 });
  expect(placeBeside({ x: 900, y: 100, width: 380, height: 660 }, card, window)).toEqual({
    x: 900 - TOUR_GAP - 380,
    y: 100,
  });
});

it('every term of the glossary has two sentences', () => {
  for (const { term, says } of GLOSSARY) expect([term, says.split(/[.] (?=[A-Z])/).length]).toEqual([term, 2]);
  expect(GLOSSARY.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['loss', 'gradient', 'epoch', 'softmax', 'overfitting']),
  );
});
