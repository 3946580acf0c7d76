// What the engine calls. The plain, the relaxed and the wide build are made from the same sources.
export { fail, order } from './barrier';
export { serve, work } from './network';
export { BLOCK, pixelListsBytes, TILE } from './sparse';
export { COLUMNS } from './dense';
