// What other rooms may use of this one, which holds the network with an image flowing through it.
export { activationTable } from './activation-table';
export { attribution, forward, toInput } from './forward';
