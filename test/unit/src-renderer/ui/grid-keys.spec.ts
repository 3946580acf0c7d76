import { describe, expect, it } from 'vitest';
import { targetPlace } from '../../../../src-renderer/ui/grid-keys';

describe('keys in a grid of ten places in rows of four', () => {
  const shape = { count: 10, columns: 4, page: 2 };
  const from = (place: number, key: string) => targetPlace(key, place, shape);

  it('go one place or one row on', () => {
    expect([from(5, 'ArrowLeft'), from(5, 'ArrowRight'), from(5, 'ArrowUp'), from(5, 'ArrowDown')]).toEqual([
      4, 6, 1, 9,
    ]);
  });

  it('go to both ends', () => {
    expect([from(5, 'Home'), from(5, 'End')]).toEqual([0, 9]);
  });

  it('stop at the edges, and reach the last place from above it', () => {
    expect([from(0, 'ArrowLeft'), from(9, 'ArrowRight'), from(2, 'ArrowUp'), from(9, 'ArrowDown')]).toEqual([
      0, 9, 2, 9,
    ]);
    expect(from(7, 'ArrowDown')).toBe(9);
  });

  it('go a page, or to the end', () => {
    expect([from(1, 'PageDown'), from(5, 'PageDown'), from(9, 'PageUp'), from(6, 'PageUp')]).toEqual([9, 9, 1, 2]);
  });

  it('ignore other keys', () => {
    expect(from(5, 'a')).toBeUndefined();
  });
});
