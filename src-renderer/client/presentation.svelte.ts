// What a presentation shows, and whether training pauses after every epoch. It lasts until it is left.
import type { Step } from '../../src-shared/runs/progress';

/** In the order of their keys, 1 to 5. */
export const PANELS = [
  { id: 'curves', label: 'Curves' },
  { id: 'weights', label: 'Weights' },
  { id: 'mistakes', label: 'Mistakes' },
  { id: 'draw', label: 'Draw' },
  { id: 'beside', label: 'Two runs' },
] as const;
export type PanelId = (typeof PANELS)[number]['id'];

export class Presentation {
  panel = $state<PanelId>('curves');
  everyEpoch = $state(false);

  /** When training pauses by itself. */
  get until(): Step {
    return this.everyEpoch ? 'epoch' : 'end';
  }
}
