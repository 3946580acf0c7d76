// Which kernels are chosen, with trials of paper; run-probe.spec.ts has real processes.
import { describe, expect, it } from 'vitest';
import { betterBuild, KernelChoice } from '../../../../src-main/kernel-choice/kernel-choice';
import type { Remembered } from '../../../../src-main/kernel-choice/kernel-memory';
import type { TrialResult } from '../../../../src-main/trainer/engine/wasm/kernel-trial';

const hash = (digit: string) => digit.repeat(64);
const tried = (relaxed: number, wide: number, sameWeights = true): TrialResult => ({
  kind: 'tried',
  relaxed: { weights: hash('a'), milliseconds: relaxed },
  wide: { weights: hash(sameWeights ? 'a' : 'b'), milliseconds: wide },
});

function choose(result: TrialResult | undefined, known?: Remembered, canBeWide = true) {
  const store = { known, trials: 0 };
  const memory = {
    recall: async () => store.known,
    remember: async (choice: Remembered) => void (store.known = choice),
  };
  const probe = async () => {
    store.trials++;
    return result;
  };
  /** As after another start of the app. */
  const start = () => new KernelChoice({ memory, probe, canBeWide });
  return { store, start };
}

describe('the wide build is left alone', () => {
  it('if one bit of a weight differs, however fast it is', () => {
    expect(betterBuild(tried(2, 0.5, false))).toBe('relaxed');
  });

  it('if it is slower, or so little faster that it may be noise', () => {
    expect(betterBuild(tried(2, 3))).toBe('relaxed');
    expect(betterBuild(tried(2, 1.9))).toBe('relaxed');
  });

  it('without a trial, if V8 cannot make wide vectors', async () => {
    const { store, start } = choose(tried(2, 1), undefined, false);
    expect(await start().recall()).toBe('relaxed');
    expect(await start().find()).toBe('relaxed');
    expect(store.trials).toBe(0);
  });

  it('if no answer comes; after three starts without one, no further trial is made', async () => {
    const { store, start } = choose(undefined);
    for (const trials of [1, 2, 3, 3, 3]) {
      expect(await start().find()).toBe('relaxed');
      expect(store.trials).toBe(trials);
    }
    expect(await start().recall()).toBe('relaxed');
  });

  it('once the trainer has died of it', async () => {
    const { store, start } = choose(tried(2, 1));
    const choice = start();
    expect(await choice.find()).toBe('wide');
    expect(await choice.distrustWide()).toBe('relaxed');
    expect(await choice.find()).toBe('relaxed');
    expect(await start().find()).toBe('relaxed');
    expect(store.trials).toBe(1);
  });
});

describe('the choice', () => {
  it('is the wide build if it is clearly faster and computes the same', () => {
    expect(betterBuild(tried(2, 1.4))).toBe('wide');
  });

  it('is the plain build where there is no relaxed SIMD', () => {
    expect(betterBuild({ kind: 'no-relaxed-simd' })).toBe('plain');
  });

  it('is remembered: a second start makes no trial', async () => {
    const { store, start } = choose(tried(2, 1));
    expect(await start().recall()).toBeUndefined();
    expect(await start().find()).toBe('wide');
    expect(await start().recall()).toBe('wide');
    expect(await start().find()).toBe('wide');
    expect(store.trials).toBe(1);
  });

  it('is made by one trial, however often it is asked for meanwhile', async () => {
    const { store, start } = choose(tried(2, 1));
    const choice = start();
    await Promise.all([choice.find(), choice.find()]);
    expect(store.trials).toBe(1);
  });

  it('is made again after a trial without an answer, which may have been disturbed', async () => {
    const { start } = choose(tried(2, 1), { simd: 'relaxed', unanswered: 1 });
    expect(await start().recall()).toBeUndefined();
    expect(await start().find()).toBe('wide');
  });
});
