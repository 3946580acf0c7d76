// How many device pixels a CSS pixel has: it changes with the zoom, and when the window moves to another screen.
import { createSubscriber } from 'svelte/reactivity';

const subscribe = createSubscriber((changed) => {
  let query: MediaQueryList;
  function watch(): void {
    query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    query.addEventListener('change', again, { once: true });
  }
  function again(): void {
    watch();
    changed();
  }
  watch();
  return () => query.removeEventListener('change', again);
});

/** Reactive: an effect that reads it runs again when it changes. */
export function pixelRatio(): number {
  subscribe();
  return window.devicePixelRatio;
}
