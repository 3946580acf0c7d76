import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Projection, ProjectionJob } from '../../../../src-renderer/map/projection';
import { Projector } from '../../../../src-renderer/map/projector';
import type { ProjectorAnswer } from '../../../../src-renderer/map/projector-messages';

/** A worker that does nothing by itself: the test calls its handlers. */
class FakeWorker {
  static all: FakeWorker[] = [];
  static refuse = false;
  onmessage?: (event: { data: ProjectorAnswer }) => void;
  onerror?: (event: { message?: string; preventDefault(): void }) => void;
  onmessageerror?: () => void;
  readonly jobs: ProjectionJob[] = [];
  ended = false;

  constructor() {
    if (FakeWorker.refuse) throw new Error('no more workers');
    FakeWorker.all.push(this);
  }
  postMessage(job: ProjectionJob): void {
    this.jobs.push(job);
  }
  terminate(): void {
    this.ended = true;
  }
}

const job = (key: string): ProjectionJob => ({
  key,
  method: 'pca',
  description: key,
  values: new Uint8Array(0),
  columns: 1,
  scale: 1,
  last: undefined,
});
const projection = {} as Projection;
const listener = { onProgress: vi.fn(), onProjection: vi.fn(), onFailure: vi.fn() };
let projector: Projector;
beforeEach(() => {
  vi.clearAllMocks();
  FakeWorker.all = [];
  FakeWorker.refuse = false;
  vi.stubGlobal('Worker', FakeWorker);
  projector = new Projector(listener);
});
afterEach(() => vi.unstubAllGlobals());

it.each([
  [
    'throws',
    (worker: FakeWorker) => worker.onerror!({ message: 'Uncaught Error: no room', preventDefault: () => undefined }),
    'Uncaught Error: no room',
  ],
  ['cannot be loaded', (worker: FakeWorker) => worker.onerror!({ preventDefault: () => undefined }), ''],
  ['answers what cannot be read', (worker: FakeWorker) => worker.onmessageerror!(), 'its answer could not be read'],
])('a worker that %s is reported, and the next map is computed by another one', (_what, fail, reason) => {
  projector.request('a', () => job('a'));
  projector.request('b', () => job('b'));
  const [first] = FakeWorker.all;
  fail(first!);
  expect(listener.onFailure.mock.calls).toEqual([[expect.objectContaining({ key: 'a' }), reason]]);
  expect(first!.ended).toBe(true);
  const second = FakeWorker.all[1]!;
  expect(second.jobs.map(({ key }) => key)).toEqual(['b']);
  second.onmessage!({ data: { kind: 'projection', projection } });
  expect(listener.onProjection).toHaveBeenCalledWith(
    expect.objectContaining({ key: 'b' }),
    projection,
    expect.any(Number),
  );
});

it('a worker that cannot be started is reported, and can be requested again', () => {
  FakeWorker.refuse = true;
  projector.request('a', () => job('a'));
  expect(listener.onFailure).toHaveBeenCalledWith(expect.objectContaining({ key: 'a' }), 'no more workers');
  FakeWorker.refuse = false;
  projector.request('a', () => job('a'));
  expect(FakeWorker.all[0]!.jobs).toHaveLength(1);
});
