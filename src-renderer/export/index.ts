// What other rooms may use: exporting networks to files and opening them from files.
export { default as ExportDialog } from './ExportDialog.svelte';
export { default as NetworkQuestionDialog } from './NetworkQuestionDialog.svelte';
export { default as SnippetDialog } from './SnippetDialog.svelte';
export { NetworkFiles } from './network-files.svelte';
