import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, it, vi } from 'vitest';
import { collectGarbage } from '../../../../../../src-main/trainer/engine/wasm/collect-garbage';

afterEach(() => void vi.unstubAllGlobals());

it('collects what nobody holds any more, in a process that was started so that it can', async () => {
  setFlagsFromString('--expose-gc'); // trainer-process.ts gives it at the start, which a test runner cannot
  vi.stubGlobal('gc', runInNewContext('gc'));
  const made = (() => new WeakRef({}))(); // in a function of its own, so that nothing here holds it
  await new Promise((next) => setImmediate(next));
  collectGarbage();
  expect(made.deref()).toBeUndefined();
});

it('does nothing in any other process', () => {
  vi.stubGlobal('gc', undefined);
  expect(collectGarbage).not.toThrow();
});
