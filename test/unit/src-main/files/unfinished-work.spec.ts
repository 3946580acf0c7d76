// The end of the app, with dialogs of paper and a clock that a test moves.
import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../../src-shared/errors';
import { finishWork, QUIT_LIMIT_MS, UnfinishedWork } from '../../../../src-main/files/unfinished-work';

/** @param answers to whether to keep waiting, one after the other; without one the dialog stays open */
function stage(answers: boolean[] = []) {
  const unfinished = new UnfinishedWork();
  const asked: string[][] = [];
  const closed: boolean[] = [];
  const lost: string[][] = [];
  const limits: { milliseconds: number; pass: () => void }[] = [];
  const questions = {
    keepWaiting: (what: string[], signal: AbortSignal) => {
      asked.push(what);
      signal.addEventListener('abort', () => closed.push(true));
      const answer = answers.shift();
      return answer === undefined ? new Promise<boolean>(() => undefined) : Promise.resolve(answer);
    },
    reportLost: async (sentences: string[]) => void lost.push(sentences),
  };
  const end = () =>
    finishWork(
      unfinished,
      questions,
      (milliseconds) => new Promise((pass) => limits.push({ milliseconds, pass: () => pass(undefined) })),
    );
  return { unfinished, asked, closed, lost, limits, end };
}

function work(): { promise: Promise<void>; done: () => void; fail: (error: unknown) => void } {
  let done = (): void => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const promise = new Promise<void>((resolve, reject) => ([done, fail] = [resolve, reject]));
  return { promise, done, fail };
}

const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

describe('the app ends', () => {
  it('at once if nothing is being written', async () => {
    const { end, asked, lost } = stage();
    await end();
    expect([asked, lost]).toEqual([[], []]);
  });

  it('after what is being written, and what that leads to', async () => {
    const { unfinished, end, limits, asked } = stage();
    const [one, two] = [work(), work()];
    void unfinished.during('the settings', one.promise);
    let ended = false;
    const ending = end().then(() => (ended = true));
    void unfinished.during('the run “a”', two.promise);
    one.done();
    await settle();
    expect([ended, unfinished.what, limits.map(({ milliseconds }) => milliseconds)]).toEqual([
      false,
      ['the run “a”'],
      [QUIT_LIMIT_MS],
    ]);
    two.done();
    await ending;
    expect([asked, unfinished.what]).toEqual([[], []]);
  });

  it('after it has asked, as often as it takes, and closes a question that does not matter any more', async () => {
    const { unfinished, end, limits, asked, closed } = stage([true]);
    const [run, again] = [work(), work()];
    void unfinished.during('the run “a”', run.promise);
    void unfinished.during('the run “a”', again.promise);
    const ending = end();
    limits[0]!.pass();
    await settle();
    limits[1]!.pass();
    await settle();
    expect(asked).toEqual([['the run “a”'], ['the run “a”']]);
    run.done();
    again.done();
    await ending;
    expect(closed).toEqual([true, true]);
  });

  it('without what is being written if the person wants it so', async () => {
    const { unfinished, end, limits, lost } = stage([false]);
    void unfinished.during('the run “a”', work().promise);
    const ending = end();
    limits[0]!.pass();
    await ending;
    expect(lost).toEqual([]);
  });

  it('after it has said what could not be written, but not what was said before', async () => {
    const { unfinished, end, lost } = stage();
    await unfinished
      .during('an export', Promise.reject(new StudioError('export-failed', 'Said on the page.')))
      .catch(() => undefined);
    const [one, two] = [work(), work()];
    unfinished.during('the run “a”', one.promise).catch(() => undefined);
    unfinished.during('the run “b”', two.promise).catch(() => undefined);
    const ending = end();
    for (const { fail } of [one, two]) fail(new StudioError('run-not-saved', 'The disk is full.'));
    await ending;
    expect(lost).toEqual([['The disk is full.']]);
  });
});

it('work is handed on as it is', async () => {
  const unfinished = new UnfinishedWork();
  await expect(unfinished.during('a number', Promise.resolve(7))).resolves.toBe(7);
  await expect(unfinished.during('a number', Promise.reject(new Error('none')))).rejects.toThrow('none');
});
