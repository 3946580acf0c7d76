// The drawing in hand and the digits that were kept: they stay while other tabs are looked at. Another dataset begins
// with a clean pad.
import { rememberedOf } from '../client/dataset-memory';
import { Drawing } from './drawing.svelte';
import { Kept } from './saved-digits.svelte';

export const drawingOf = rememberedOf(() => new Drawing());
export const kept = new Kept(localStorage);
