// Unit tests run on the sources, in Node. Some of them read all of MNIST, hence the time.
import { availableParallelism } from 'node:os';
import { defineConfig, type Plugin } from 'vitest/config';
import { kernels } from './build/kernels.mjs';
import { enumsFirst, leanPackages } from './build/lean-packages.mjs';

// Node 20 has relaxed SIMD behind this flag, Node 22 and later have it without.
const RELAXED_SIMD = Number.parseInt(process.versions.node) < 22 ? ['--experimental-wasm-relaxed-simd'] : [];

/** A room's index exports components too. Unit tests do not render them, so each becomes an empty module. */
const withoutComponents: Plugin = {
  name: 'without-components',
  enforce: 'pre',
  load: (file) => (file.endsWith('.svelte') ? 'export default {};' : undefined),
};

export default defineConfig({
  plugins: [withoutComponents, enumsFirst(), kernels()],
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
