// Unit tests run on the sources, in Node. Some of them read all of MNIST, hence the time.
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
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

const SPECS = 'test/unit';
const specs = readdirSync(SPECS, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.spec.ts'))
  .map((name) => path.posix.join(SPECS, name.replaceAll('\\', '/')));

/**
 * Tests of the engines measure and fill memory, and those that replace modules would replace them for others: each of
 * their files has a process of its own. All others share one, which loads what they import only once.
 */
const needsProcess = (spec: string): boolean =>
  spec.startsWith(`${SPECS}/src-main/trainer/`) ||
  /\bvi\.(?:mock|doMock|resetModules)\(/.test(readFileSync(spec, 'utf8'));

export default defineConfig({
  plugins: [withoutComponents, enumsFirst(), kernels()],
  resolve: { alias: leanPackages },
  test: {
    projects: [
      { extends: true, test: { name: 'alone', include: specs.filter(needsProcess) } },
      {
        extends: true,
        test: { name: 'together', include: specs.filter((spec) => !needsProcess(spec)), isolate: false },
      },
    ],
    environment: 'node',
    // Vitest would leave one of two processors idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    execArgv: RELAXED_SIMD,
  },
});
