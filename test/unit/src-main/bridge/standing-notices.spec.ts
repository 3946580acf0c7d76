import { describe, expect, it } from 'vitest';
import type { Notice } from '../../../../src-shared/contract';
import { StandingNotices } from '../../../../src-main/bridge/standing-notices';

const queue = (waiting: number): Notice => ({ kind: 'queue', waiting });
const notSaved = (id: string | undefined): Notice => ({ kind: 'run-not-saved', id, message: 'The disk is full.' });
const warning: Notice = { kind: 'warning', message: 'The training process ended unexpectedly.' };

function after(...notices: Notice[]): Notice[] {
  const standing = new StandingNotices();
  standing.takeForNewPage();
  for (const notice of notices) standing.add(notice);
  return standing.takeForNewPage();
}

describe('a page that has just loaded', () => {
  it('is not sent what is no longer true', () => {
    expect(after(queue(3), queue(0))).toEqual([]);
    expect(after(notSaved('a'), { kind: 'run-saved', id: 'a' })).toEqual([]);
  });

  it('is not sent what the page before it has received, or what is answered otherwise', () => {
    expect(after(warning, { kind: 'runs-changed' }, { kind: 'open-recent', folder: '/data' })).toEqual([]);
  });

  it('is sent how many runs still wait, and which are not on the disk', () => {
    expect(after(queue(3), queue(2), notSaved('a'), notSaved(undefined), { kind: 'run-saved', id: 'b' })).toEqual([
      queue(2),
      notSaved('a'),
      notSaved(undefined),
    ]);
  });

  it('is sent what happened while no page was there, once', () => {
    const standing = new StandingNotices();
    standing.takeForNewPage();
    standing.pageGone();
    standing.add(warning);
    expect(standing.page).toBe(1);
    expect(standing.takeForNewPage()).toEqual([warning]);
    expect(standing.takeForNewPage()).toEqual([]);
  });

  it('is sent what the newest run is called, with its newest name', () => {
    const named = (run: number, name: string): Notice => ({
      kind: 'run-named',
      run,
      stored: { id: `20261128-09000${run}-000000`, number: run, name },
    });
    expect(after(named(1, 'a'), named(2, 'b'), named(2, 'c'), named(1, 'd'))).toEqual([named(2, 'c')]);
  });
});
