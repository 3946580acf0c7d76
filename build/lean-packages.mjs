// Packages of packages that would fill the page for next to nothing, and what stands in their place.
import { inProject } from './project.mjs';

export const leanPackages = {
  'ml-levenberg-marquardt': inProject('src-renderer/map/levenberg-marquardt.ts'),
  '@kurkle/color': inProject('src-renderer/charts/lean-color.ts'),
};

/** Svelte's custom elements: the page has none, but their class is made at the start. */
export const unusedModules = [
  { test: /svelte\/src\/internal\/client\/dom\/elements\/custom-element\.js$/, sideEffects: false },
];
