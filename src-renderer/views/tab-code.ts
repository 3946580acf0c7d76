// The code of the tabs. It is no part of the start: it is read when the page has nothing else to do, or when a tab is opened before
// that; from then on it is there at once, so that a tab that is opened again is never empty, not even for one frame.

/** @returns what gives the part itself where it was read before, else a promise of it */
function lazily<Part>(read: () => Promise<Part>): () => Part | Promise<Part> {
  let part: Part | undefined;
  return () => part ?? read().then((ready) => (part = ready));
}

export const tabCode = {
  training: lazily(() => import('./TrainingTab.svelte')),
  data: lazily(() => import('./DataTab.svelte')),
  weights: lazily(() => import('./WeightsTab.svelte')),
  mistakes: lazily(() => import('./MistakesTab.svelte')),
  draw: lazily(() => import('./DrawTab.svelte')),
  map: lazily(() => import('./MapTab.svelte')),
  network: lazily(() => import('./NetworkTab.svelte')),
  runs: lazily(() => import('./RunsTab.svelte')),
};

/** Reads the code of one tab after another, each in a moment in which the page is idle. */
export async function readAhead(): Promise<void> {
  for (const code of Object.values(tabCode)) {
    await new Promise((idle) => requestIdleCallback(idle));
    await code();
  }
}
