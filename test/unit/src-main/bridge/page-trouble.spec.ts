import { expect, it } from 'vitest';
import { CrashLoop, isFailedLoad, TROUBLES, type Trouble } from '../../../../src-main/bridge/page-trouble';

it('a load that another one has replaced has not failed', () => {
  expect([isFailedLoad(-3), isFailedLoad(-20), isFailedLoad(-6)]).toEqual([false, true, true]);
});

it(
  'a page that ends soon after it was loaded again is likely to do so once more; one that ends after some use is ' +
    'not',
  () => {
    let now = 0;
    const loop = new CrashLoop(() => now);
    loop.loading();
    now = 1000;
    expect(loop.isLikely).toBe(false); // the first load
    now = 100_000;
    loop.loading();
    now = 101_000;
    expect(loop.isLikely).toBe(true);
    loop.loading();
    now = 111_500;
    expect(loop.isLikely).toBe(false);
  },
);

it.each(Object.keys(TROUBLES) as Trouble[])(
  '%s: the words say what happened, that nothing is lost, and at the second time where the log is',
  (trouble) => {
    const once = TROUBLES[trouble](false, '/logs/main.log');
    expect(once.message).toMatch(/^The page of this window .*\.$/);
    expect(once.detail).toContain('Nothing is lost');
    expect(once.detail).not.toContain('/logs/main.log');
    if (trouble !== 'unresponsive')
      expect(TROUBLES[trouble](true, '/logs/main.log').detail).toContain('/logs/main.log');
  },
);
