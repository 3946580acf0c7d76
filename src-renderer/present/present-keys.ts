// The keys of a presentation. Pure.
import { type PanelId, PANELS } from '../client/presentation.svelte';

export type PresentAction = { kind: 'show'; panel: PanelId } | { kind: 'pause' } | { kind: 'leave' };

/**
 * @param key as in KeyboardEvent
 * @param onControl whether the focus is on a control that Space presses
 * @returns undefined for keys without meaning here
 */
export function actionOfKey(key: string, onControl: boolean): PresentAction | undefined {
  if (key === 'Escape') return { kind: 'leave' };
  if (key === ' ') return onControl ? undefined : { kind: 'pause' };
  const panel = /^[1-9]$/.test(key) ? PANELS[Number(key) - 1] : undefined;
  return panel && { kind: 'show', panel: panel.id };
}
