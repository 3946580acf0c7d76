// The code of the tabs and of the presentation, loaded after the start: when the page is idle, or when a tab is opened
// before that. Loaded code is returned without a promise, so that a tab is never empty, not even for one frame.

/** @returns a function that gives the module if it is loaded, else a promise of it */
function lazily<Module>(load: () => Promise<Module>): () => Module | Promise<Module> {
  let loaded: Module | undefined;
  return () => loaded ?? load().then((module) => (loaded = module));
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
  present: lazily(() => import('../present/Present.svelte')),
};

/** Loads the code of one tab after another, each while the page is idle. */
export async function preloadTabs(): Promise<void> {
  for (const code of Object.values(tabCode)) {
    await new Promise((idle) => requestIdleCallback(idle));
    await code();
  }
}
