import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunStore } from '../../../../src-main/runs/run-store';
import type { RunId } from '../../../../src-shared/runs/runs';
import { makeFolder } from '../../../fixtures/folders';
import { epochRecord, newRun, positionAt, resultAt } from '../../../fixtures/stored-runs';

let folder: string;
let remove: () => Promise<void>;
let id: RunId;
let lines: string[];
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  const store = await RunStore.open(folder);
  ({ id } = await store.begin(newRun(), positionAt(0)));
  for (const epoch of [1, 2, 3]) await store.writeEpoch(id, epochRecord(epoch)); // and then the app ended
  lines = (await readFile(file(), 'utf8')).trimEnd().split('\n');
});
afterEach(() => remove());

const file = () => join(folder, id, 'history.jsonl');

/** @returns the epochs that are drawn, after the run was recovered, and the file */
async function recovered(before: string): Promise<[number[], string]> {
  await writeFile(file(), before, 'latin1');
  const store = await RunStore.open(folder);
  expect((await store.list()).setAside).toEqual([]);
  const { history } = await store.read(id);
  expect(history).toEqual(history.map(({ epoch }) => resultAt(epoch)));
  expect((await store.readForTraining(id)).record.history).toEqual(history);
  return [history.map(({ epoch }) => epoch), await readFile(file(), 'latin1')];
}

describe('a line of the history of a run that was cut off, which this version cannot read,', () => {
  const epochOf = (epoch: number, more: object) => JSON.stringify({ result: { epoch, ...more }, points: [] });

  it.each([
    ['is not JSON', '{"result":'],
    ['is not text', '\xff\xfe\x00'],
    ['is of another kind', '{"pause":{"seconds":3}}'],
    ['lacks a field', epochOf(2, { trainLoss: 0.5 })],
    ['has one of another type', epochOf(2, { ...resultAt(2), testLoss: 'low' })],
  ])('stays in the file, and the lines after it are drawn: it %s', async (_, strange) => {
    const before = `${[lines[0], strange, lines[2]].join('\n')}\n`;
    expect(await recovered(before)).toEqual([[1, 3], before]);
  });

  it('stays at the end if it is whole', async () => {
    const before = `${[...lines.slice(0, 2), epochOf(3, { loss: 1 })].join('\n')}\n`;
    expect(await recovered(before)).toEqual([[1, 2], before]);
  });

  it('does not count twice, nor beyond the last whole epoch', async () => {
    const strange = epochOf(2, { trainLoss: 0.5 });
    const last = JSON.stringify({ result: resultAt(5), points: [] });
    const all = [lines[0], strange, '{"mark":1}', ...lines.slice(1), epochOf(4, {}), last, '{"mark":2}'];
    const before = `${all.join('\n')}\n`;
    expect(await recovered(before)).toEqual([
      [1, 2, 3],
      `${[lines[0], '{"mark":1}', ...lines.slice(1), '{"mark":2}'].join('\n')}\n`,
    ]);
  });
});

describe('the end of the history of a run that was cut off', () => {
  it.each(['{"result":{"epoch":4,"tra', '{"result":{"epoch":4,"tra\n', '\0\0\0\0', '7'])(
    'is left out if it is torn: %j',
    async (torn) => {
      const whole = `${lines.join('\n')}\n`;
      expect(await recovered(whole + torn)).toEqual([[1, 2, 3], whole]);
    },
  );

  it('is kept if only its newline is missing', async () => {
    const whole = lines.join('\n');
    expect(await recovered(whole)).toEqual([[1, 2, 3], `${whole}\n`]);
  });
});
