// What other rooms may use of this one, which holds the dataset: its images, its classes, and the question that opening one may ask.
export { default as DatasetDialog } from './DatasetDialog.svelte';
export { default as DatasetOverview } from './DatasetOverview.svelte';
export { default as QuestionDialog } from './QuestionDialog.svelte';
