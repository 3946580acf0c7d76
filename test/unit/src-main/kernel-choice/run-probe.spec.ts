// The trial of the kernels in real processes, that crash, hang and lie.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forkProbe } from '../../../../src-main/kernel-choice/fork-probe';
import { runProbe, type ProbeProcess } from '../../../../src-main/kernel-choice/run-probe';
import { tryBuilds } from '../../../../src-main/trainer/engine/wasm/kernel-trial';
import { makeFolder } from '../../../fixtures/folders';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => void ({ folder, remove } = await makeFolder()));
afterEach(() => remove());

const trial = (digit: string) => ({ weights: digit.repeat(64), milliseconds: 1.5 });
const answer = { kind: 'tried', relaxed: trial('a'), wide: trial('a') };
const send = (value: unknown) => `process.send(${JSON.stringify(value)}, () => process.disconnect())`;

/** @returns what is made of a process that runs this, and whether it has ended */
async function probe(code: string, timeLimit?: number) {
  const script = join(folder, 'probe.cjs');
  await writeFile(script, code);
  let ended!: Promise<void>;
  const fork = (): ProbeProcess => {
    const child = forkProbe(script);
    ended = new Promise((resolve) => child.onEnd(resolve));
    return child;
  };
  const result = await runProbe(fork, timeLimit);
  await ended; // else the test runs out of time: no process may be left behind
  return result;
}

describe('no answer counts that comes from a process that', () => {
  it('crashes', async () => expect(await probe('process.abort()')).toBeUndefined());
  it('ends well, but without a word', async () => expect(await probe('process.exit(0)')).toBeUndefined());
  it('throws', async () => expect(await probe('throw new Error("no")')).toBeUndefined());
  it('hangs: it is ended', async () => expect(await probe('for (;;);', 200)).toBeUndefined());
  it('cannot be started', async () => {
    expect(await runProbe(() => forkProbe(join(folder, 'none.cjs')))).toBeUndefined();
    vi.spyOn(console, 'error').mockImplementationOnce(() => undefined);
    const refuse = () => {
      throw new Error('no more processes');
    };
    expect(await runProbe(refuse)).toBeUndefined();
  });
  it('says what makes no sense', async () => {
    const lies = [
      'wide',
      null,
      7,
      {},
      { kind: 'tried', wide: trial('a') },
      { ...answer, wide: { weights: '', milliseconds: 1 } },
      { ...answer, wide: { ...trial('a'), milliseconds: -1 } },
    ];
    for (const lie of lies) expect(await probe(send(lie)), JSON.stringify(lie)).toBeUndefined();
  });
});

it('takes an answer, whatever becomes of the process afterwards', async () => {
  expect(await probe(send(answer))).toEqual(answer);
  expect(await probe(`process.send(${JSON.stringify(answer)}, () => process.abort())`)).toEqual(answer);
});

it('finds the same weights with the relaxed and the wide build here', () => {
  const result = tryBuilds();
  if (result.kind === 'tried') expect(result.wide.weights).toBe(result.relaxed.weights);
});
