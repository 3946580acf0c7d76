// Networks written and read in a process of paper: what is told, what a cancel leaves, and what becomes of a process
// that dies.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NetworkNotice } from '../../../../src-shared/networks/network-files';
import { UNIT_PIXELS } from '../../../../src-shared/networks/pixel-scaling';
import { EXPORT_FORMATS } from '../../../../src-main/formats/save/formats';
import type { Wait } from '../../../../src-main/files/file-retry';
import type { FromProcess, ToProcess } from '../../../../src-main/network-process/messages';
import { NetworkFileWork, type NetworkProcess } from '../../../../src-main/network-process/network-work';
import { makeFolder } from '../../../fixtures/folders';
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

/** Does nothing by itself; a test says what it says, and when it ends. */
class PaperProcess implements NetworkProcess {
  readonly received: ToProcess[] = [];
  killed = 0;
  say: (message: FromProcess) => void = () => undefined;
  end: () => void = () => undefined;

  post = (message: ToProcess) => void this.received.push(message);
  onMessage = (listener: (message: FromProcess) => void) => void (this.say = listener);
  onEnd = (listener: () => void) => void (this.end = listener);
  kill = () => void this.killed++;

  /** As a process that is killed: some time later. */
  readonly endWhenKilled = () => (this.kill = () => void (this.killed++ || setImmediate(() => this.end())));

  get temporary(): string {
    const [first] = this.received;
    if (first?.kind !== 'job' || first.job.kind !== 'export') throw new Error('No export was asked for.');
    return first.job.temporary;
  }
}

function stage(fork?: () => NetworkProcess, wait: Wait = countedWaits().wait) {
  const paper = new PaperProcess();
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
  it('is written and read by the process, with every number in pieces', async () => {
    const { exported, work } = stage(inThisProcess);
    expect(await exported('n.npz')).toBe(EXPORT_FORMATS['.npz'].snippet('n.npz', SMALL));
    expect(new Uint8Array(await readFile(join(folder, 'n.npz')))).toEqual(EXPORT_FORMATS['.npz'].encode(SMALL, '1'));
    expect(await left()).toEqual(['n.npz']);
    expect(await work.import(join(folder, 'n.npz'), {}, TRIAL)).toMatchObject({
      kind: 'network',
      network: { layers: SMALL.layers },
    });
  });

  it('is refused with the sentence of the format or of the system, and nothing is left', async () => {
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

  it('is written only in its place once the whole of it is on the disk', async () => {
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
  it('leaves the file that was there, and nothing beside it, and ends without a word once the process has ended', async () => {
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

  it('is not put in place even if the process was faster', async () => {
    const { paper, work, exported } = stage();
    const done = exported();
    await writeFile(paper.temporary, 'whole');
    const cancelled = work.cancel();
    paper.say({ kind: 'written', snippet: 'a program' });
    expect(await done).toBeUndefined();
    expect(await cancelled).toBe(true);
    expect(await left()).toEqual([]);
  });

  it('makes room for the next, and what is over cannot be cancelled', async () => {
    const { paper, work } = stage();
    paper.endWhenKilled();
    const first = work.import('a.npz', {}, TRIAL);
    expect(await work.cancel()).toBe(true);
    expect(await first).toBeUndefined();
    expect(await work.cancel()).toBe(false);
    expect(paper.killed).toBe(2); // by the cancel, and because it was over
  });

  it('is not called so where it failed all the same', async () => {
    const { paper, work, exported } = stage();
    const failed = exported();
    const cancelled = work.cancel();
    paper.say({ kind: 'failed', error: { code: 'export-failed', message: 'No.' }, details: undefined });
    await expect(failed).rejects.toThrow('No.');
    expect(await cancelled).toBe(false);
  });

  it('is not called so where the file was already being put in its place', async () => {
    let late: Promise<boolean> | undefined;
    const { paper, work, exported } = stage(undefined, async () => void (late = work.cancel()));
    refuse('rename', /n\.json$/, 'EACCES', 1);
    const done = exported();
    await writeFile(paper.temporary, 'whole');
    paper.say({ kind: 'written', snippet: 'a program' });
    expect(await done).toBe('a program');
    expect(await late).toBe(false);
  });

  it('at the end of the app leaves nothing either', async () => {
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
      message: 'n.json is still being written. Please wait until it is there, or cancel it.',
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
        'The weights could not be written to n.json: the memory was probably not enough for this network. ' +
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
        'a.npz could not be read: the memory was probably not enough for this network. Please close other ' +
        'programs and try again, or choose a smaller network.',
    });
  });

  it('says the same where main itself has no memory for the weights', async () => {
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
      message: expect.stringContaining('a.npz could not be read: the memory was probably not enough'),
    });
  });

  it('that cannot even be started is no silence', async () => {
    const { exported, work } = stage(() => {
      throw new Error('no more processes');
    });
    await expect(exported()).rejects.toThrow('no more processes');
    expect(() => work.refuseSecond()).not.toThrow();
  });
});

describe('what the page is told', () => {
  it('is nothing of what is over in a moment', async () => {
    const { notices, exported } = stage(inThisProcess);
    await exported();
    expect(notices).toEqual([]);
  });

  it('is how much is done, five times a second, for as long as it takes, and then that it is over', async () => {
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
