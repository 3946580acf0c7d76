// What other rooms may use: pictures of the first layer's weights and their replay, and the place of a unit.
export { default as WeightCanvas } from './WeightCanvas.svelte';
export { default as WeightReplay } from './WeightReplay.svelte';
export { firstLayerPictures, readyPictures, type UnitPictures } from './pictures';
export { placeWithin, type UnitPlace } from './unit-place';
