// The tabs of the workspace, in their order.

export const TABS = [
  { id: 'data', label: 'Data' },
  { id: 'training', label: 'Training' },
  { id: 'weights', label: 'Weights' },
  { id: 'mistakes', label: 'Mistakes' },
] as const;

export type TabId = (typeof TABS)[number]['id'];
