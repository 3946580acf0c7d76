// What the engine calls; wasm/kernels.ts describes it. All three builds are made from the same sources.
export { fail, order } from './barrier';
export { serve, work } from './network';
export { BLOCK, pixelListsBytes, TILE } from './sparse';
export { COLUMNS } from './dense';
