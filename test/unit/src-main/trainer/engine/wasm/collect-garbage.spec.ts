import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, it, vi } from 'vitest';
import { collectGarbage } from '../../../../../../src-main/trainer/engine/wasm/collect-garbage';

afterEach(() => void vi.unstubAllGlobals());

it('collects an object without references, in a process with --expose-gc', async () => {
  setFlagsFromString('--expose-gc'); // trainer-process.ts sets it at the start, which a test runner cannot
  vi.stubGlobal('gc', runInNewContext('gc'));
  const made = (() => new WeakRef({}))(); // in its own function, so that nothing here refers to it
  await new Promise((next) => setImmediate(next));
  collectGarbage();
  expect(made.deref()).toBeUndefined();
});

it('does nothing in any other process', () => {
  vi.stubGlobal('gc', undefined);
  expect(collectGarbage).not.toThrow();
});
