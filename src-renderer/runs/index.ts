// What other rooms may use of this one, which has the list of runs, their comparison, and sweeps.
export { RunLibrary } from './run-library.svelte';
export { RunsView } from './runs-view.svelte';
