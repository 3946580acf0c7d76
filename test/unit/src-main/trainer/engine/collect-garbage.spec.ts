import { expect, it } from 'vitest';
import { collectGarbage } from '../../../../../src-main/trainer/engine/collect-garbage';

it('collects what nobody holds any more', async () => {
  const made = (() => new WeakRef({}))(); // in a function of its own, so that nothing here holds it
  await new Promise((next) => setImmediate(next));
  collectGarbage();
  expect(made.deref()).toBeUndefined();
});
