import { expect, it } from 'vitest';
import { drawLayout, lightStep } from '../../../../src-renderer/draw/draw-layout';

/** Window sizes, less the bars and the settings around the tab. */
const tabOf = (width: number, height: number) => ({ width: width - 272, height: height - 129, ratio: 1 });

it('three figures stand beside the answer, in a narrow tab two, and all fit', () => {
  for (const [width, height, figures] of [
    [960, 640, 2],
    [1280, 720, 3],
    [1366, 768, 3],
    [1920, 1080, 3],
    [2560, 1440, 3],
  ] as const) {
    const tab = tabOf(width, height);
    const layout = drawLayout(tab, 28);
    expect(layout.figures).toBe(figures);
    expect(figures * (28 * layout.scale + 20) + 170).toBeLessThan(tab.width - 40);
    expect(28 * layout.scale).toBeLessThan(tab.height - 300);
  }
});

it('they grow with the window, in steps of whole device pixels', () => {
  const scales = [tabOf(1280, 720), tabOf(1920, 1080), tabOf(2560, 1440)].map((tab) => drawLayout(tab, 28).scale);
  expect(scales).toEqual([8, 16, 23]);
  expect(drawLayout({ ...tabOf(1280, 720), ratio: 1.5 }, 28).scale * 1.5).toBe(12);
});

it('they never become smaller than can be drawn on', () => {
  expect(drawLayout({ width: 300, height: 200, ratio: 1 }, 28)).toEqual({ figures: 2, scale: 4 });
});

it('the lights of a layer are as large as fits, from 3 to 40 pixels', () => {
  expect(lightStep(256, 468, 90)).toBe(12); // 39 in a row, 7 rows
  expect(lightStep(10, 468, 90)).toBe(40);
  expect(lightStep(2048, 168, 60)).toBe(3);
  expect(lightStep(256, 0, 0)).toBe(3);
});
