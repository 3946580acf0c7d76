// What all of the page may use: words on screen that open their explanation.
export type { TermId } from './glossary';
export { getOpenGlossary, setOpenGlossary } from './open-glossary';
export { default as Term } from './Term.svelte';
