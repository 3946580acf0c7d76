import { expect, it } from 'vitest';
import { placeMarkLabels } from '../../../../src-renderer/charts/mark-labels';

it('puts a label right of its mark, or left if there is no room on the right', () => {
  expect(placeMarkLabels([{ x: 50, width: 40 }], 0, 200)).toEqual([55]);
  expect(placeMarkLabels([{ x: 180, width: 40 }], 0, 200)).toEqual([135]);
});

it('leaves a label out that would cross the edge, a mark or another label', () => {
  expect(placeMarkLabels([{ x: 20, width: 40 }], 0, 40)).toEqual([undefined]);
  expect(
    placeMarkLabels(
      [
        { x: 50, width: 60 },
        { x: 60, width: 60 },
      ],
      0,
      200,
    ),
  ).toEqual([undefined, 65]);
  expect(
    placeMarkLabels(
      [
        { x: 50, width: 40 },
        { x: 110, width: 95 },
      ],
      0,
      200,
    ),
  ).toEqual([55, undefined]);
});

it('never lets two labels overlap', () => {
  const marks = Array.from({ length: 30 }, (_, at) => ({ x: at * at * 0.7, width: 30 + ((at * 17) % 40) }));
  const shown = placeMarkLabels(marks, 0, 600).flatMap((left, at) =>
    left === undefined ? [] : [[left, left + marks[at]!.width] as const],
  );
  expect(shown.length).toBeGreaterThan(3);
  for (let at = 1; at < shown.length; at++) expect(shown[at]![0]).toBeGreaterThanOrEqual(shown[at - 1]![1]);
});

it('has nothing to place without marks', () => {
  expect(placeMarkLabels([], 0, 100)).toEqual([]);
});
