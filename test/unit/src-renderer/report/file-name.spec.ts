import { expect, it } from 'vitest';
import { fileNameOf } from '../../../../src-renderer/report/file-name';

it('turns the name of a run into a valid file name', () => {
  expect(fileNameOf({ name: '784-256-10, sgd, 0.6' }, 'history')).toBe('784-256-10- sgd- 0-6 history');
  expect(fileNameOf({ name: '../../etc/passwd' }, 'history')).toBe('-etc-passwd history');
  expect(fileNameOf({ name: 'x'.repeat(300) }, 'predictions')).toHaveLength(80);
});
