// What other rooms may use: pictures of the first layer's weights, and the place of a unit.
export { default as WeightCanvas } from './WeightCanvas.svelte';
export { firstLayerPictures, type UnitPictures } from './pictures';
export { placeWithin, type UnitPlace } from './unit-place';
