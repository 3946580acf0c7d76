// What other rooms may use of this one, which holds what the network has learned: pictures, statistics and facts of its units.
export { default as WeightCanvas } from './WeightCanvas.svelte';
export { firstLayerPictures, type UnitPictures } from './pictures';
export { placeWithin, type UnitPlace } from './unit-place';
