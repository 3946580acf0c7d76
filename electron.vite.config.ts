// Builds the three parts: main and trainer and commands (CommonJS, for Node 20.18 in Electron 33 and later), the
// preload script, and the page (for Chromium 130 and later). Everything but electron itself is bundled.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { kernels } from './build/kernels.mjs';
import { licences } from './build/licences.mjs';
import { enumsFirst, leanPackages, sharedChunk, unusedModules, withoutHydration } from './build/lean-packages.mjs';
import { minifyAgain } from './build/minify-again.mjs';
import { UNUSED_IN_CHART_JS } from './build/lean/chart-js.mjs';
import { UNUSED_IN_UMAP_JS } from './build/lean/umap-js.mjs';
import { withoutMembers } from './build/without-members.mjs';
import { devDependencies } from './package.json';

const commonJs = { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' } as const;

export default defineConfig({
  main: {
    plugins: [kernels(), licences()],
    define: { PINNED_ELECTRON: JSON.stringify(devDependencies.electron) },
    build: {
      outDir: 'out/main',
      target: 'node20.18',
      externalizeDeps: false,
      rollupOptions: {
        input: {
          main: 'src-main/start.ts',
          trainer: 'src-main/trainer/entry.ts',
          probe: 'src-main/kernel-choice/probe.ts',
          network: 'src-main/network-process/entry.ts',
          command: 'src-main/cli/process/entry.ts',
          cli: 'src-main/cli/process/node-train.ts',
          evaluate: 'src-main/cli/process/node-evaluate.ts',
        },
        output: commonJs,
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node20.18',
      externalizeDeps: false,
      rollupOptions: { input: { preload: 'src-main/preload.ts' }, output: commonJs },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [
      svelte({ configFile: '../svelte.config.js' }),
      withoutHydration(),
      withoutMembers('/chart.js/dist/', UNUSED_IN_CHART_JS),
      licences(),
      minifyAgain(),
    ],
    resolve: { alias: leanPackages },
    worker: {
      plugins: () => [enumsFirst(), withoutMembers('/umap-js/src/', UNUSED_IN_UMAP_JS), licences()],
      rolldownOptions: { output: { minify: true, comments: false } },
    },
    build: {
      outDir: 'out/renderer',
      target: 'chrome130',
      minify: 'terser',
      terserOptions: { ecma: 2022, module: true, compress: { passes: 3, unsafe_arrows: true } },
      assetsInlineLimit: 0,
      // One stylesheet for all views: their scripts need no help to load theirs.
      cssCodeSplit: false,
      modulePreload: false,
      rollupOptions: {
        input: 'src-renderer/index.html',
        treeshake: { moduleSideEffects: unusedModules },
        output: { codeSplitting: sharedChunk },
      },
    },
  },
});
