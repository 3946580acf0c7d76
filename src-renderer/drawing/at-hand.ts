// The drawing in hand and the digits that were kept: they stay while other tabs are looked at.
import { Drawing } from './drawing.svelte';
import { Kept } from './kept.svelte';

export const drawing = new Drawing();
export const kept = new Kept(localStorage);
