// What other rooms may use of this one, which holds networks that leave as files and come in from files.
export { default as ExportDialog } from './ExportDialog.svelte';
export { default as NetworkQuestionDialog } from './NetworkQuestionDialog.svelte';
export { default as SnippetDialog } from './SnippetDialog.svelte';
export { NetworkFiles } from './network-files.svelte';
