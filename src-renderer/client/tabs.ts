// The tabs of the workspace, in order.

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

/** Tabs that training does not change. */
export const STILL_TABS: readonly TabId[] = ['data', 'runs'];

export type TabId = (typeof TABS)[number]['id'];
