// The trainer's session, with orders as main gives them and a port that records events.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Order, Report, TrainerEvent } from '../../../../src-shared/contract';
import type { Collection } from '../../../../src-shared/data/dataset';
import { PLAIN_SETTINGS } from '../../../../src-shared/settings/presets';
import type { Settings } from '../../../../src-shared/settings/settings';
import { locateDataset } from '../../../../src-main/datasets/dataset-files';
import { Session, type EventPort } from '../../../../src-main/trainer/session';
import { makeFolder, writeDataset } from '../../../fixtures/folders';
import { smallDatasetFiles } from '../../../fixtures/idx';

const settings: Settings = { ...PLAIN_SETTINGS, hidden: [6], batchSize: 10, epochs: 2, engine: 'reference' };

const ways: number[] = [];
const builds: unknown[] = [];
/** A seed whose engine fails to predict. */
const UNLUCKY = 13;
vi.mock(import('../../../../src-main/trainer/engine/create-engine'), async (original) => {
  const { createEngine } = await original();
  return {
    createEngine: (options, simd) => {
      builds.push(simd);
      const predict = (): never => {
        throw new Error('The engine is broken.');
      };
      return {
        ...createEngine(options, simd),
        ...(options.settings.seed === UNLUCKY && { predict }),
        yieldToPage: (milliseconds) => void ways.push(milliseconds),
      };
    },
  };
});

let folder: string;
let remove: () => Promise<void>;
let events: TrainerEvent[];
let reports: Report[];
let session: Session;
let waiting: (() => void)[];

const port = (into: TrainerEvent[]): EventPort => ({
  postMessage: (together) => void into.push(...together),
  close: () => undefined,
});

beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  await writeDataset(folder, smallDatasetFiles({ train: 60, test: 10, rows: 4, columns: 4 }));
  events = [];
  reports = [];
  waiting = [];
  session = new Session(
    (report) => {
      reports.push(report);
      waiting.splice(0).forEach((go) => go());
    },
    () => performance.now(),
    () => 0,
  );
  session.handle({ kind: 'attach' }, port(events));
  await load();
});
afterEach(() => remove());

async function until(kind: Report['kind'], count = 1): Promise<void> {
  while (reports.filter((report) => report.kind === kind).length < count)
    await new Promise<void>((resolve) => waiting.push(resolve));
}

async function load(): Promise<void> {
  const source = { kind: 'folder', folder } as const;
  const before = reports.filter(({ kind }) => kind === 'loaded').length;
  session.handle({ kind: 'load', source, files: (await locateDataset(source)) as Collection });
  await until('loaded', before + 1);
}

const order = (given: Order) => session.handle(given);
const kinds = () => events.map(({ kind }) => kind);

describe('the session', () => {
  it('extends a run after its end, as often as it is ordered to', async () => {
    order({ kind: 'train', run: 1, settings, until: 'end' });
    await until('ended');
    order({ kind: 'extend', epochs: 1, until: 'end' });
    await until('ended', 2);
    order({ kind: 'extend', epochs: 1, until: 'end' });
    await until('ended', 3);
    expect(events.flatMap((event) => (event.kind === 'epoch' ? [event.result.epoch] : []))).toEqual([1, 2, 3, 4]);
    // However short a run is, its gradient is sent when it ends.
    expect(events.flatMap((event) => (event.kind === 'gradients' ? [event.gradients.epochs] : []))).toEqual(
      expect.arrayContaining([2, 3, 4]),
    );
  });

  it('lets the engine yield while the page draws what it was sent', async () => {
    ways.length = 0;
    let sent = 0;
    session.handle({ kind: 'attach' }, { postMessage: () => void sent++, close: () => undefined });
    sent = 0; // the snapshot of a new page comes before a run
    order({ kind: 'train', run: 1, settings, until: 'end' });
    await until('ended');
    expect(sent).toBeGreaterThan(1);
    expect(ways).toHaveLength(sent);
    expect(Math.min(...ways)).toBeGreaterThan(0);
  });

  it('neither yields nor sends weights until the page shows training again', async () => {
    order({ kind: 'watch', watching: false });
    ways.length = 0;
    order({ kind: 'train', run: 1, settings: { ...settings, epochs: 1000 }, until: 'end' });
    await until('checkpoint', 3);
    expect(ways).toEqual([]);
    const weights = () => events.filter(({ kind }) => kind === 'weights').length;
    expect(weights()).toBe(1); // as the run began
    expect(kinds()).toContain('progress');
    order({ kind: 'watch', watching: true });
    await Promise.resolve();
    expect(weights()).toBe(2);
    order({ kind: 'stop' });
    await until('ended');
  });

  it('creates engines with the kernels that were ordered last', async () => {
    builds.length = 0;
    for (const simd of ['wide', 'relaxed'] as const) {
      order({ kind: 'kernels', simd });
      order({ kind: 'train', run: builds.length + 1, settings, until: 'end' });
      await until('ended', builds.length);
    }
    expect(builds).toEqual(['wide', 'relaxed']);
  });

  it.each(['end', undefined] as const)(
    'ends a run whose evaluation fails in a state that the person sees, and takes new orders (until: %s)',
    async (step) => {
      order({ kind: 'train', run: 1, settings: { ...settings, seed: UNLUCKY }, until: step });
      await until('ended');
      expect(reports.at(-1)).toMatchObject({ run: 1, reason: 'failed' });
      await Promise.resolve();
      expect(events.at(-1)).toMatchObject({
        kind: 'failed',
        run: 1,
        error: { message: expect.stringContaining('The engine is broken.') as string },
      });
      order({ kind: 'train', run: 2, settings, until: 'end' });
      await until('ended', 2);
      expect(reports.at(-1)).toMatchObject({ run: 2, reason: 'completed' });
    },
  );

  it('shows an extended run to a reloaded page as active', async () => {
    order({ kind: 'train', run: 1, settings, until: 'end' });
    await until('ended');
    order({ kind: 'extend', epochs: 1, until: 'batch' });
    await until('paused', 2);
    const second: TrainerEvent[] = [];
    session.handle({ kind: 'attach' }, port(second));
    const snapshot = second[0] as Extract<TrainerEvent, { kind: 'snapshot' }>;
    expect(snapshot.events.map(({ kind }) => kind)).toEqual([
      'dataset',
      'started',
      'epoch',
      'epoch',
      'extended',
      'frame',
      'frame',
      'frame',
      'gradients',
      'gradients',
      'progress',
      'weights',
      'paused',
    ]);
    expect(snapshot.events.at(-1)).toMatchObject({ paused: true });
    order({ kind: 'stop' });
    await until('ended', 2);
  });

  it('steps, changes and extends the active run', async () => {
    order({ kind: 'train', run: 1, settings, until: 'batch' });
    await until('paused');
    order({ kind: 'change', changes: { learningRate: 0.3 } });
    order({ kind: 'extend', epochs: 1, until: 'end' });
    order({ kind: 'resume', until: 'end' });
    await until('ended');
    expect(kinds().filter((kind) => kind === 'changed' || kind === 'extended')).toEqual(['changed', 'extended']);
    expect(reports.filter(({ kind }) => kind === 'checkpoint')).toHaveLength(3);
  });

  it('has nothing to extend, change or step once another dataset is there', async () => {
    order({ kind: 'train', run: 1, settings, until: 'end' });
    await until('ended');
    await load();
    const before = events.length;
    order({ kind: 'extend', epochs: 1, until: 'end' });
    order({ kind: 'change', changes: { learningRate: 0.3 } });
    order({ kind: 'resume', until: 'batch' });
    expect(events.length).toBe(before);
  });

  it('has nothing to extend after a run failed', async () => {
    order({ kind: 'train', run: 1, settings: { ...settings, batchSize: 61 }, until: 'end' });
    await until('ended');
    expect(reports.at(-1)).toMatchObject({ kind: 'ended', run: 1, reason: 'failed' });
    const before = events.length;
    order({ kind: 'extend', epochs: 1, until: 'end' });
    expect(events.length).toBe(before);
    order({ kind: 'train', run: 2, settings, until: 'end' });
    await until('ended', 2);
    expect(reports.at(-1)).toEqual({ kind: 'ended', run: 2, reason: 'completed', message: undefined });
  });

  it('sends augmented images to the page, and not again to one that loads later', async () => {
    order({ kind: 'augment', settings, count: 3 });
    await Promise.resolve(); // events of one moment are sent together, at its end
    const shown = events.at(-1) as Extract<TrainerEvent, { kind: 'augmented' }>;
    expect([...shown.images.indices]).toEqual([0, 1, 2]);
    expect(shown.images.pixels.length).toBe(3 * 16);
    const second: TrainerEvent[] = [];
    session.handle({ kind: 'attach' }, port(second));
    expect(second).toMatchObject([{ kind: 'snapshot', events: [{ kind: 'dataset' }] }]);
  });
});
