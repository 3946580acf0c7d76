// What other rooms may use of this one, which draws the network with an image flowing through it.
export { activationTable } from './activation-table';
export { attributionPicture } from './attribution-picture.svelte';
export { attribution, createModel, evidenceOf, forward, toInput } from './forward';
