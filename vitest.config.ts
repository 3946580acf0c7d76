// Unit tests run on the sources, in Node. Some of them read all of MNIST, hence the time.
import { availableParallelism } from 'node:os';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { kernels } from './build/kernels.mjs';
import { leanPackages } from './build/lean-packages.mjs';

// Node 20 has relaxed SIMD behind this flag, Node 22 and later have it without.
const RELAXED_SIMD = Number.parseInt(process.versions.node) < 22 ? ['--experimental-wasm-relaxed-simd'] : [];

/** A room's index.ts names components, which unit tests never show. */
const withoutComponents: Plugin = {
  name: 'without-components',
  enforce: 'pre',
  load: (id) => (id.endsWith('.svelte') ? 'export default undefined' : undefined),
};

export default defineConfig({
  plugins: [kernels(), withoutComponents],
  resolve: { alias: leanPackages },
  test: {
    include: ['test/unit/**/*.spec.ts'],
    environment: 'node',
    // Vitest would leave one of two processors idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    execArgv: RELAXED_SIMD,
  },
});
