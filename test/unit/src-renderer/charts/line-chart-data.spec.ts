import { describe, expect, it } from 'vitest';
import { LABEL_GAP } from '../../../../src-renderer/charts/end-labels';
import { labelRoom } from '../../../../src-renderer/charts/line-chart-data';
import { formatLoss } from '../../../../src-renderer/ui/format';

const widthOf = (text: string): number => 7 * text.length;
const line = (name: string, ...values: number[]) => ({
  name,
  points: values.map((y, x) => ({ x, y })),
  color: () => '',
  width: 1,
});
const axis = { min: 0, max: 2.5, step: 0.5, log: false };
const room = (...series: ReturnType<typeof line>[]): number =>
  labelRoom({ series, axis, formatValue: formatLoss }, widthOf);

describe('the room for the labels of lines', () => {
  it('fits the longest label with its gap', () => {
    expect(room(line('train', 2.3), line('test', 2.2))).toBeGreaterThanOrEqual(LABEL_GAP + widthOf('train 2.300'));
    expect(room(line('a line with a long name', 1))).toBeGreaterThan(widthOf('a line with a long name 1.000'));
  });

  it('stays the same while values change', () => {
    const sizes = [[2.3], [2.3, 1.1], [2.3, 0.111], [2.3, 0.888]].map((values) => room(line('train', ...values)));
    expect(new Set(sizes).size).toBe(1);
  });

  it('is there before the first point, and does not count lines without points after it', () => {
    expect(room(line('train'), line('test'))).toBe(room(line('train', 1), line('test')));
    expect(room(line('test', 1), line('validation of this run'))).toBe(room(line('test', 1)));
  });

  it('never cuts off a value that is longer than those of the axis', () => {
    expect(room(line('train', 1e30))).toBeGreaterThan(widthOf(`train ${formatLoss(1e30)}`));
  });

  it('does not count lines without a name', () => {
    expect(room(line('', 1))).toBeLessThan(40);
  });
});
