// Networks are written and read in a fake process: notices, cancelling, and a process that dies.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NetworkNotice } from '../../../../src-shared/contract';
import { UNIT_PIXELS } from '../../../../src-shared/networks/pixel-scaling';
import { EXPORT_FORMATS } from '../../../../src-main/formats/save/formats';
import type { Wait } from '../../../../src-main/files/file-retry';
import { NetworkFileWork, type NetworkProcess } from '../../../../src-main/network-process/network-work';
import { makeFolder } from '../../../fixtures/folders';
import { FakeNetworkProcess } from '../../../fixtures/fake-network-process';
import { SMALL } from '../../../fixtures/network-files';
import { inThisProcess } from '../../../fixtures/network-process';
import { makeTrial } from '../../../fixtures/trial';
import { countedWaits, refuse, refuseNothing } from '../../../fixtures/refusing-disk';

vi.mock('node:fs/promises', async (original) =>
  (await import('../../../fixtures/refusing-disk')).refusingDisk(await original()),
);

const TRIAL = makeTrial();

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => void ({ folder, remove } = await makeFolder()));
afterEach(async () => {
  vi.useRealTimers();
  refuseNothing();
  await remove();
});

function stage(fork?: () => NetworkProcess, wait: Wait = countedWaits().wait) {
  const paper = new FakeNetworkProcess();
  const notices: NetworkNotice['work'][] = [];
  const work = new NetworkFileWork({
    fork: fork ?? (() => paper),
    notify: ({ work }) => void notices.push(work),
    wait,
  });
  const exported = (name = 'n.json') =>
    work.export({
      file: join(folder, name),
      version: '1',
      options: { rawPixels: false },
      network: { kind: 'checkpoint', checkpoint: SMALL },
    });
  return { paper, notices, work, exported };
}

const left = () => readdir(folder);

describe('a network', () => {
  it('is written and read by the process, with all numbers in chunks', async () => {
    const { exported, work } = stage(inThisProcess);
    expect(await exported('n.npz')).toBe(EXPORT_FORMATS['.npz'].snippet('n.npz', SMALL));
    expect(new Uint8Array(await readFile(join(folder, 'n.npz')))).toEqual(EXPORT_FORMATS['.npz'].encode(SMALL, '1'));
    expect(await left()).toEqual(['n.npz']);
    expect(await work.import(join(folder, 'n.npz'), {}, TRIAL)).toMatchObject({
      kind: 'network',
      network: { layers: SMALL.layers },
    });
  });

  it('is refused with the error of the format or of the system, and no file is left', async () => {
    const { work, exported } = stage(inThisProcess);
    await writeFile(join(folder, 'n.npz'), 'no archive');
    await expect(work.import(join(folder, 'n.npz'), {}, TRIAL)).rejects.toThrow(
      'n.npz cannot be read as a network: it is not a ZIP archive, or it is cut off. Please choose another file.',
    );
    await expect(work.import(join(folder, 'gone.npz'), {}, TRIAL)).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining('it does not exist'),
    });
    await expect(exported('none/n.json')).rejects.toMatchObject({
      code: 'export-failed',
      message:
        'The weights could not be written to n.json: it does not exist. Nothing was changed. Please choose ' +
        'another place.',
    });
    const diverged = {
      ...SMALL,
      layers: [SMALL.layers[0]!, SMALL.layers[1]!, { ...SMALL.layers[2]!, bias: Float32Array.of(0, NaN, 0) }],
    };
    const network = { kind: 'checkpoint', checkpoint: diverged } as const;
    await expect(work.export({ file: join(folder, 'n.json'), version: '1', options: {}, network })).rejects.toThrow(
      'A weight of this network is NaN, which this format cannot store.',
    );
    expect(await left()).toEqual(['n.npz']);
  });

  it('replaces the file only when it is completely on the disk', async () => {
    const { paper, exported } = stage();
    await writeFile(join(folder, 'n.json'), 'before');
    const done = exported();
    await writeFile(paper.temporary, 'after');
    expect(await readFile(join(folder, 'n.json'), 'utf8')).toBe('before');
    paper.say({ kind: 'written', snippet: 'a program' });
    expect(await done).toBe('a program');
    expect(paper.killed).toBe(1);
    expect(await readFile(join(folder, 'n.json'), 'utf8')).toBe('after');
    expect(await left()).toEqual(['n.json']);
  });

  it('does not replace a file that another program keeps open', async () => {
    const { paper, exported } = stage();
    await writeFile(join(folder, 'n.json'), 'before');
    refuse('rename', /n\.json$/, 'EACCES');
    const done = exported();
    await writeFile(paper.temporary, 'after');
    paper.say({ kind: 'written', snippet: 'a program' });
    await expect(done).rejects.toThrow(
      'The weights could not be written to n.json: another program has it open, or it is write-protected.',
    );
    expect(await readFile(join(folder, 'n.json'), 'utf8')).toBe('before');
    expect(await left()).toEqual(['n.json']);
  });
});

describe('work that is cancelled', () => {
  it('leaves the old file and nothing beside it, and ends without an error once the process has ended', async () => {
    const { paper, work, exported } = stage();
    await writeFile(join(folder, 'n.json'), 'before');
    const done = exported();
    paper.endWhenKilled();
    await writeFile(paper.temporary, 'half');
    expect(await work.cancel()).toBe(true);
    expect(await done).toBeUndefined();
    expect(await left()).toEqual(['n.json']);
    expect(await readFile(join(folder, 'n.json'), 'utf8')).toBe('before');
  });

  it('does not replace the file even if the process was faster', async () => {
    const { paper, work, exported } = stage();
    const done = exported();
    await writeFile(paper.temporary, 'whole');
    const cancelled = work.cancel();
    paper.say({ kind: 'written', snippet: 'a program' });
    expect(await done).toBeUndefined();
    expect(await cancelled).toBe(true);
    expect(await left()).toEqual([]);
  });

  it('permits the next, and finished work cannot be cancelled', async () => {
    const { paper, work } = stage();
    paper.endWhenKilled();
    const first = work.import('a.npz', {}, TRIAL);
    expect(await work.cancel()).toBe(true);
    expect(await first).toBeUndefined();
    expect(await work.cancel()).toBe(false);
    expect(paper.killed).toBe(2); // by the cancel, and because it was over
  });

  it('is not reported as cancelled if it failed', async () => {
    const { paper, work, exported } = stage();
    const failed = exported();
    const cancelled = work.cancel();
    paper.say({ kind: 'failed', error: { code: 'export-failed', message: 'No.' }, details: undefined });
    await expect(failed).rejects.toThrow('No.');
    expect(await cancelled).toBe(false);
  });

  it('is not reported as cancelled if the file was already being replaced', async () => {
    let late: Promise<boolean> | undefined;
    const { paper, work, exported } = stage(undefined, async () => void (late = work.cancel()));
    refuse('rename', /n\.json$/, 'EACCES', 1);
    const done = exported();
    await writeFile(paper.temporary, 'whole');
    paper.say({ kind: 'written', snippet: 'a program' });
    expect(await done).toBe('a program');
    expect(await late).toBe(false);
  });

  it('leaves nothing when the app quits', async () => {
    const { paper, work, exported } = stage();
    void exported();
    await writeFile(paper.temporary, 'half');
    work.abandon();
    expect(paper.killed).toBe(1);
    expect(existsSync(paper.temporary)).toBe(false);
  });
});

describe('one network at a time', () => {
  it('is written or read: a second one is refused with the name of the first', async () => {
    const { work, exported, paper } = stage();
    const first = exported();
    await expect(work.import('a.npz', {}, TRIAL)).rejects.toMatchObject({
      code: 'busy',
      message: 'n.json is still being written. Please wait until it is done, or cancel it.',
    });
    await expect(exported()).rejects.toThrow('n.json is still being written.');
    paper.say({ kind: 'failed', error: { code: 'export-failed', message: 'No.' }, details: undefined });
    await expect(first).rejects.toThrow('No.');
    const second = work.import('a.npz', {}, TRIAL);
    expect(() => work.refuseSecond()).toThrow('a.npz is still being read.');
    paper.say({ kind: 'failed', error: { code: 'file-unreadable', message: 'No.' }, details: undefined });
    await expect(second).rejects.toMatchObject({ code: 'file-unreadable' });
  });
});

describe('a process that dies', () => {
  it('ends an export with a sentence, and leaves nothing', async () => {
    const { paper, exported } = stage();
    const done = exported();
    await writeFile(paper.temporary, 'half');
    paper.end();
    await expect(done).rejects.toMatchObject({
      code: 'export-failed',
      message:
        'The weights could not be written to n.json: there was probably not enough memory for this network. ' +
        'Nothing was changed. Please close other programs and try again, or choose another format.',
    });
    expect(await left()).toEqual([]);
  });

  it('ends an import with a sentence', async () => {
    const { paper, work } = stage();
    const done = work.import('/somewhere/a.npz', {}, TRIAL);
    paper.end();
    await expect(done).rejects.toMatchObject({
      code: 'too-large',
      message:
        'a.npz could not be read: there was probably not enough memory for this network. Please close other ' +
        'programs and try again, or choose a smaller network.',
    });
  });

  it('has the same error if main has no memory for the weights', async () => {
    const { paper, work } = stage();
    const done = work.import('/somewhere/a.npz', {}, TRIAL);
    const unknown = {
      imageShape: undefined,
      classNames: undefined,
      settings: undefined,
      metadata: undefined,
      leakySlope: undefined,
      leakySlopeFrom: undefined,
      order: undefined,
    };
    const said = {
      activation: 'relu',
      activationFrom: 'answer',
      pixels: UNIT_PIXELS,
      pixelsFrom: 'assumed',
      notes: [],
    } as const;
    paper.say({ kind: 'network', network: { ...unknown, ...said, sizes: [2 ** 40, 2 ** 12], notes: [] } });
    await expect(done).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('a.npz could not be read: there was probably not enough memory'),
    });
  });

  it('that cannot be started ends the work with an error', async () => {
    const { exported, work } = stage(() => {
      throw new Error('no more processes');
    });
    await expect(exported()).rejects.toThrow('no more processes');
    expect(() => work.refuseSecond()).not.toThrow();
  });
});

describe('the page', () => {
  it('gets no notice of work that takes a moment', async () => {
    const { notices, exported } = stage(inThisProcess);
    await exported();
    expect(notices).toEqual([]);
  });

  it('gets the progress five times a second, and a notice when the work is over', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { paper, notices, work } = stage();
    const done = work.import('/somewhere/a.npz', {}, TRIAL);
    vi.advanceTimersByTime(299);
    expect(notices).toEqual([]);
    vi.advanceTimersByTime(1);
    for (let n = 1; n <= 100; n++) paper.say({ kind: 'progress', done: n / 200 });
    vi.advanceTimersByTime(400);
    paper.say({ kind: 'failed', error: { code: 'file-unreadable', message: 'No.' }, details: undefined });
    await expect(done).rejects.toThrow('No.');
    vi.advanceTimersByTime(10_000);
    const reading = { kind: 'import', name: 'a.npz' };
    expect(notices).toEqual([
      { ...reading, done: undefined },
      { ...reading, done: 0.5 },
      { ...reading, done: 0.5 },
      undefined,
    ]);
  });
});
