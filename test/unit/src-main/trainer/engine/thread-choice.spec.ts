import { expect, it } from 'vitest';
import { ThreadChoice } from '../../../../../src-main/trainer/engine/thread-choice';

/** Works through pieces of 100 images; @returns how many pieces each number of threads got. */
function work(choice: ThreadChoice, pieces: number, milliseconds: (threads: number) => number): Record<number, number> {
  const counts: Record<number, number> = {};
  for (let piece = 0; piece < pieces; piece++) {
    const { threads } = choice;
    counts[threads] = (counts[threads] ?? 0) + 1;
    choice.tell(100, milliseconds(threads));
  }
  return counts;
}

it('keeps all threads while they are the fastest, and seldom tries less', () => {
  const counts = work(new ThreadChoice(2), 1000, (threads) => 20 / threads);
  expect(counts[2]).toBeGreaterThan(970);
  expect(counts[2]! + counts[1]!).toBe(1000);
});

it('does not take the moments in which the page is drawn for another program', () => {
  const choice = new ThreadChoice(2);
  let piece = 0;
  const counts = work(choice, 1000, (threads) => (20 / threads) * (piece++ % 7 === 0 ? 3 : 1));
  expect(counts[2]).toBeGreaterThan(970);
});

it('takes fewer while another program uses a core, and all again afterwards', () => {
  const choice = new ThreadChoice(2);
  work(choice, 100, (threads) => 20 / threads);
  expect(work(choice, 1000, (threads) => (threads === 2 ? 25 : 20))[1]).toBeGreaterThan(850);
  expect(work(choice, 1000, (threads) => 20 / threads)[2]).toBeGreaterThan(850);
});

it('finds the best of many, between one and all', () => {
  const counts = work(new ThreadChoice(8), 2000, (threads) => 10 + Math.abs(threads - 5) * 2);
  expect(counts[5]).toBeGreaterThan(1300);
  expect(work(new ThreadChoice(1), 100, () => 1)).toEqual({ 1: 100 });
});
