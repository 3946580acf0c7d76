// The tabs of the workspace, in their order.

export const TABS = [
  { id: 'data', label: 'Data' },
  { id: 'training', label: 'Training' },
  { id: 'weights', label: 'Weights' },
  { id: 'mistakes', label: 'Mistakes' },
  { id: 'draw', label: 'Draw' },
  { id: 'map', label: 'Map' },
  { id: 'network', label: 'Network' },
  { id: 'runs', label: 'Runs' },
] as const;

/** Tabs in which nothing changes while training goes on, but for what the bar above them shows. */
export const STILL_TABS: readonly TabId[] = ['data', 'runs'];

export type TabId = (typeof TABS)[number]['id'];
