// Packages of packages that would fill the page for next to nothing, and what stands in their place.
import { readFile } from 'node:fs/promises';
import { inProject } from './project.mjs';

export const leanPackages = {
  'ml-levenberg-marquardt': inProject('src-renderer/map/levenberg-marquardt.ts'),
  '@kurkle/color': inProject('build/lean/color.mjs'),
  // The package's own sources: what it publishes beside them is compiled for the browsers of 2015.
  'umap-js': inProject('node_modules/umap-js/src/umap.ts'),
};

/** Svelte's custom elements: the page has none, but their class is made at the start. */
export const unusedModules = [
  { test: /svelte\/src\/internal\/client\/dom\/elements\/custom-element\.js$/, sideEffects: false },
];

/** Modules of Svelte by the end of their path, and what stands in their place. */
const STAND_INS = {
  'svelte/src/internal/flags/index.js': 'build/lean/svelte-flags.mjs',
  'svelte/src/internal/client/dom/hydration.js': 'build/lean/svelte-hydration.mjs',
};
/** What each component says to hydration, as statements of its compiled code. */
const HYDRATION_STEPS = /^\s*\$\.(?:reset|next)\(\w*\);$/gm;

/** The page is drawn by its own code alone, so it needs nothing of Svelte's hydration. */
export function withoutHydration() {
  return {
    name: 'without-hydration',
    apply: 'build',
    enforce: 'post',
    load(id) {
      const found = Object.keys(STAND_INS).find((end) => id.replaceAll('\\', '/').endsWith(end));
      return found && readFile(inProject(STAND_INS[found]), 'utf8');
    },
    transform(code, id) {
      return id.endsWith('.svelte') ? code.replace(HYDRATION_STEPS, '') : undefined;
    },
  };
}

/**
 * umap-js uses an enum before its declaration. TypeScript writes the constants of such an enum where they are used;
 * Vite makes an object of it, so the enum has to come first.
 */
export function enumsFirst() {
  return {
    name: 'enums-first',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/umap-js\/src\/\w+\.ts$/.test(id.replaceAll('\\', '/'))) return undefined;
      const enums = code.match(/^export const enum \w+ \{[^}]*\}$/gm) ?? [];
      return enums.join('\n') + enums.reduce((rest, text) => rest.replace(text, ''), code);
    },
  };
}

/**
 * What several views use is one script, read at the start: as many small ones, they would consist of imports and
 * exports. Not the charts, which the start can do without.
 */
export const sharedChunk = {
  groups: [{ name: 'shared', minShareCount: 2, test: (file) => !/chart|@kurkle|lean.color/.test(file) }],
};
