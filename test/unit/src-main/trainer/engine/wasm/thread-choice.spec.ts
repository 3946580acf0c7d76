import { beforeEach, describe, expect, it } from 'vitest';
import { ThreadChoice } from '../../../../../../src-main/trainer/engine/wasm/thread-choice';
import { StepSize } from '../../../../../../src-main/trainer/progress/progress';

/** Works through chunks of 100 images. @returns how many chunks each number of threads did */
function work(choice: ThreadChoice, chunks: number, milliseconds: (threads: number) => number): Record<number, number> {
  const counts: Record<number, number> = {};
  for (let chunk = 0; chunk < chunks; chunk++) {
    const { threads } = choice;
    counts[threads] = (counts[threads] ?? 0) + 1;
    choice.record(100, milliseconds(threads));
  }
  return counts;
}

it('keeps all threads while they are the fastest, and seldom tries less', () => {
  const counts = work(new ThreadChoice(2), 1000, (threads) => 20 / threads);
  expect(counts[2]).toBeGreaterThan(970);
  expect(counts[2]! + counts[1]!).toBe(1000);
});

it('does not mistake the drawing of the page for another program', () => {
  const choice = new ThreadChoice(2);
  let chunk = 0;
  const counts = work(choice, 1000, (threads) => (20 / threads) * (chunk++ % 7 === 0 ? 3 : 1));
  expect(counts[2]).toBeGreaterThan(970);
});

it('uses fewer threads while another program uses a core, and all of them afterwards', () => {
  const choice = new ThreadChoice(2);
  work(choice, 100, (threads) => 20 / threads);
  expect(work(choice, 1000, (threads) => (threads === 2 ? 25 : 20))[1]).toBeGreaterThan(850);
  expect(work(choice, 1000, (threads) => 20 / threads)[2]).toBeGreaterThan(850);
});

it('finds the best of many numbers, between one and all', () => {
  const counts = work(new ThreadChoice(8), 2000, (threads) => 10 + Math.abs(threads - 5) * 2);
  expect(counts[5]).toBeGreaterThan(1300);
  expect(work(new ThreadChoice(1), 100, () => 1)).toEqual({ 1: 100 });
});

describe('the first epoch, on a simulated clock', () => {
  const IMAGES = 60_000;
  /**
   * The steps of the training loop, in chunks as the engine makes them. V8 takes four times as long in the first 5 ms.
   * @returns milliseconds
   */
  function firstEpoch(milliseconds: (threads: number) => number, { batchSize = 64, chunk = 4096 } = {}): number {
    let time = 0;
    const choice = new ThreadChoice(2, 2, () => time);
    const stepSize = new StepSize(1);
    for (let image = 0; image < IMAGES;) {
      const stepStart = time;
      const stepEnd = Math.min(IMAGES, image + stepSize.count * batchSize);
      while (image < stepEnd) {
        const images = Math.min(stepEnd - image, Math.max(batchSize, choice.needsShortChunk ? 1024 : chunk));
        const warm = (images / IMAGES) * milliseconds(choice.threads);
        const taken = warm + 3 * Math.max(0, Math.min(warm, 5 - time));
        time += taken;
        image += images;
        choice.record(images, taken);
      }
      stepSize.record(time - stepStart);
    }
    return time;
  }

  it.each([
    [450, 320, 64],
    [9000, 6000, 64],
    [9000, 6000, 4096],
    [200_000, 100_000, 2048],
  ])('with a busy core: %d ms with two threads, %d ms with one, batches of %d', (two, one, batchSize) => {
    expect(firstEpoch((threads) => (threads === 2 ? two : one), { batchSize })).toBeLessThan(one * 1.13);
  });

  it.each([
    [180, 320, 64],
    [3000, 6000, 64],
    [3000, 6000, 4096],
  ])('on a quiet machine: %d ms with two threads, %d ms with one, batches of %d', (two, one, batchSize) => {
    expect(firstEpoch((threads) => (threads === 2 ? two : one), { batchSize })).toBeLessThan(two * 1.13);
  });
});

describe('while it yields to the page', () => {
  let time: number;
  const choiceOf = (most: number, processors: number) => new ThreadChoice(most, processors, () => time);
  const threadsAt = (choice: ThreadChoice, moment: number) => {
    time = moment;
    return choice.threads;
  };
  beforeEach(() => (time = 0));

  it('leaves one processor free, for the given time', () => {
    const choice = choiceOf(2, 2);
    choice.yieldToPage(18);
    expect([0, 17.9, 18].map((moment) => threadsAt(choice, moment))).toEqual([1, 1, 2]);
  });

  it('uses all threads if there are more processors, and its only thread if it has one', () => {
    const [free, only] = [choiceOf(2, 3), choiceOf(1, 1)];
    for (const choice of [free, only]) choice.yieldToPage(18);
    expect([free.threads, only.threads]).toEqual([2, 1]);
  });

  it('ignores the time that a chunk takes', () => {
    const choice = choiceOf(2, 2);
    let alone = 0;
    for (let chunk = 0; chunk < 1000; chunk++) {
      const yields = chunk % 4 === 3;
      if (yields) choice.yieldToPage(18);
      else if (choice.threads === 1) alone++;
      const milliseconds = yields ? 100 : 20 / choice.threads;
      time += milliseconds;
      choice.record(100, milliseconds);
    }
    expect(alone).toBeLessThan(20);
  });
});
