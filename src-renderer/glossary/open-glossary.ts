// How a word on screen opens the glossary: App, which owns the dialogs, provides the function.
import { createContext } from 'svelte';
import type { TermId } from './glossary';

/** Opens the glossary at a term. */
export const [getOpenGlossary, setOpenGlossary] = createContext<(term: TermId) => void>();
