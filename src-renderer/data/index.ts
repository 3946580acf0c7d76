// What other rooms may use: the loaded dataset, and the question that opening one may ask.
export { default as DatasetDialog } from './DatasetDialog.svelte';
export { default as DatasetOverview } from './DatasetOverview.svelte';
export { default as QuestionDialog } from './QuestionDialog.svelte';
