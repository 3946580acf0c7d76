import { describe, expect, it } from 'vitest';
import {
  MOST_ZOOM,
  nearestPoint,
  panned,
  pointTowards,
  scaleOf,
  toScreen,
  WHOLE_MAP,
  zoomed,
  type MapView,
} from '../../../../src-renderer/map/map-view';

const ROOM = { width: 400, height: 300 };
const MAP = { extent: [1, 0.5] as const };
const POSITIONS = Float32Array.of(-1, -0.5, 1, 0.5, 0.25, 0.1);
const all = () => true;

const screenOf = (view: MapView): number[] => [...toScreen(POSITIONS, scaleOf(MAP, view, ROOM), view, ROOM)];

describe('the view of a map', () => {
  it('has all points inside the room, with one scale for both axes, up being up', () => {
    const [left, bottom, right, top] = screenOf(WHOLE_MAP) as [number, number, number, number];
    expect(left).toBeGreaterThan(0);
    expect(right).toBeLessThan(400);
    expect(bottom).toBeLessThan(300);
    expect(top).toBeLessThan(bottom);
    expect(right - left).toBeCloseTo(2 * (bottom - top), 3);
  });

  it('fits high maps, wide maps, and a map that is one point', () => {
    expect(scaleOf({ extent: [0.1, 1] }, WHOLE_MAP, ROOM)).toBeLessThan(150);
    expect(scaleOf({ extent: [0, 0] }, WHOLE_MAP, ROOM)).toBeLessThan(Infinity);
    expect(scaleOf(MAP, WHOLE_MAP, { width: 10, height: 10 })).toBeGreaterThan(0);
  });

  it('keeps the point under the pointer in place when it zooms', () => {
    const at = { x: screenOf(WHOLE_MAP)[4]!, y: screenOf(WHOLE_MAP)[5]! };
    const near = zoomed(WHOLE_MAP, scaleOf(MAP, WHOLE_MAP, ROOM), 3, at, ROOM);
    expect([screenOf(near)[4], screenOf(near)[5]]).toEqual([expect.closeTo(at.x, 3), expect.closeTo(at.y, 3)]);
    const back = zoomed(near, scaleOf(MAP, near, ROOM), 0.5, at, ROOM);
    expect([screenOf(back)[4], screenOf(back)[5]]).toEqual([expect.closeTo(at.x, 3), expect.closeTo(at.y, 3)]);
  });

  it('never zooms out beyond the whole map, nor in beyond a limit', () => {
    expect(zoomed({ zoom: 2, x: 0.5, y: 0.5 }, 340, 0.1, { x: 0, y: 0 }, ROOM)).toBe(WHOLE_MAP);
    expect(zoomed(WHOLE_MAP, 170, 1e9, { x: 200, y: 150 }, ROOM).zoom).toBe(MOST_ZOOM);
  });

  it('follows a drag, and does not lose the map', () => {
    const moved = panned(WHOLE_MAP, scaleOf(MAP, WHOLE_MAP, ROOM), 30, -20);
    expect(screenOf(moved)[4]! - screenOf(WHOLE_MAP)[4]!).toBeCloseTo(30, 3);
    expect(screenOf(moved)[5]! - screenOf(WHOLE_MAP)[5]!).toBeCloseTo(-20, 3);
    expect(panned(WHOLE_MAP, 1, 1e6, 1e6)).toEqual({ zoom: 1, x: -1, y: 1 });
  });
});

describe('points on the screen', () => {
  //                            0       1      2      3       4
  const points = Float32Array.of(50, 50, 60, 52, 50, 20, 10, 50, 52, 90);

  it('are found by distance, within reach', () => {
    expect(nearestPoint(points, 58, 52, 14, all)).toBe(1);
    expect(nearestPoint(points, 58, 52, 14, (point) => point !== 1)).toBe(0);
    expect(nearestPoint(points, 200, 200, 14, all)).toBeUndefined();
  });

  it('are reached by moving in a direction', () => {
    expect(
      (['right', 'up', 'left', 'down'] as const).map((direction) => pointTowards(points, 0, direction, all)),
    ).toEqual([1, 2, 3, 4]);
    expect(pointTowards(points, 3, 'left', all)).toBeUndefined();
    expect(pointTowards(points, 0, 'right', (point) => point !== 1)).toBeUndefined();
  });
});
