import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LONGEST_WAIT_MS, showWhenReady } from '../../../../src-main/window/show-window';

class FakeWindow extends EventEmitter {
  readonly webContents = new EventEmitter();
}

let window: FakeWindow;
let show: ReturnType<typeof vi.fn<() => void>>;
beforeEach(() => {
  vi.useFakeTimers();
  window = new FakeWindow();
  show = vi.fn<() => void>();
  showWhenReady(window, show);
});
afterEach(() => vi.useRealTimers());

it('a window that is closed first is not shown', () => {
  window.emit('closed');
  window.webContents.emit('did-finish-load');
  vi.advanceTimersByTime(LONGEST_WAIT_MS);
  expect(show).not.toHaveBeenCalled();
});

it.each(['did-finish-load', 'did-fail-load', 'render-process-gone'])(
  'a window that never paints while it is hidden is shown upon %s',
  (event) => {
    expect(show).not.toHaveBeenCalled();
    window.webContents.emit(event);
    expect(show).toHaveBeenCalledTimes(1);
  },
);

it('a window that reports nothing is shown after two seconds', () => {
  vi.advanceTimersByTime(1999);
  expect(show).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(show).toHaveBeenCalledTimes(1);
});

it('a window is shown as soon as it has painted, and only once', () => {
  window.emit('ready-to-show');
  expect(show).toHaveBeenCalledTimes(1);
  window.webContents.emit('did-finish-load');
  vi.advanceTimersByTime(10_000);
  expect(show).toHaveBeenCalledTimes(1);
});
