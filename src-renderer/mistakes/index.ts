// What other rooms may use of this one, which shows misclassified images, the confusion matrix, and an image's details.
export { default as LabelErrorMark } from './LabelErrorMark.svelte';
export { default as MistakeList } from './MistakeList.svelte';
export { default as Prediction } from './Prediction.svelte';
export { confusedPairs, type Confusion, confusionOf, labelled, precision, recall } from './confusion';
export { cardsThatFit, cardText, mistakesFrom } from './mistakes';
