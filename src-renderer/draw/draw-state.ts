// The drawing of each dataset and the saved digits. They outlive the tab.
import { rememberedOf } from '../client/dataset-memory';
import { Drawing } from './drawing.svelte';
import { SavedDigits } from './saved-digits.svelte';

export const drawingOf = rememberedOf(() => new Drawing());
export const savedDigits = new SavedDigits(localStorage);
