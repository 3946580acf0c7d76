// Unit tests run on the sources, in Node. Some of them read all of MNIST, hence the time.
import { defineConfig } from 'vitest/config';
import { kernels } from './build/kernels.mjs';

export default defineConfig({
  plugins: [kernels()],
  test: {
    include: ['test/unit/**/*.spec.ts'],
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
