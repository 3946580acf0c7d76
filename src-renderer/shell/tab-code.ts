// The code of the tabs. It is no part of the start: it is read when the page has nothing else to do, or when a tab is
// opened before that; from then on it is there at once, so that a tab that is opened again is never empty, not even for
// one frame.

/** @returns what gives the part itself where it was read before, else a promise of it */
function lazily<Part>(read: () => Promise<Part>): () => Part | Promise<Part> {
  let part: Part | undefined;
  return () => part ?? read().then((ready) => (part = ready));
}

export const tabCode = {
  training: lazily(() => import('../training/TrainingTab.svelte')),
  data: lazily(() => import('../data/DataTab.svelte')),
  weights: lazily(() => import('../weights/WeightsTab.svelte')),
  mistakes: lazily(() => import('../mistakes/MistakesTab.svelte')),
  draw: lazily(() => import('../draw/DrawTab.svelte')),
  map: lazily(() => import('../map/MapTab.svelte')),
  network: lazily(() => import('../network/NetworkTab.svelte')),
  runs: lazily(() => import('../runs/RunsTab.svelte')),
};

/** Reads the code of one tab after another, each in a moment in which the page is idle. */
export async function readAhead(): Promise<void> {
  for (const code of Object.values(tabCode)) {
    await new Promise((idle) => requestIdleCallback(idle));
    await code();
  }
}
