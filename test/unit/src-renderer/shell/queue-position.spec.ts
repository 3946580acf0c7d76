import { expect, it } from 'vitest';
import { queuePosition } from '../../../../src-renderer/shell/queue-position';

const group = { id: 'a', name: 'three seeds' };
const done = { status: 'completed', group } as const;
const running = { status: 'running', group } as const;
const other = { status: 'completed', group: { id: 'b', name: 'earlier' } } as const;

it('counts the runs of the group that is training, those that wait included', () => {
  expect(queuePosition([running, other], 2)).toBe('run 1 of 3');
  expect(queuePosition([running, done, other], 1)).toBe('run 2 of 3');
  expect(queuePosition([running, done, done], 0)).toBe('run 3 of 3');
});

it('says nothing of a run that trains alone, or when nothing is training', () => {
  expect(queuePosition([{ status: 'running', group: undefined }, done], 0)).toBe('');
  expect(queuePosition([done, done], 0)).toBe('');
});
