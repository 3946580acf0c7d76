// Before the first test: the app is built, and the tests know which program to start: Electron, or the packaged app
// that is named.
import { electronRuntime } from '../../build/electron-runtime.mjs';
import { ensureBuilt } from '../../build/ensure-built.mjs';

// eslint-disable-next-line no-restricted-syntax -- Playwright wants a default export
export default async function setup() {
  await ensureBuilt();
  process.env.MNIST_STUDIO_ELECTRON = process.env.MNIST_STUDIO_PACKAGED ?? (await electronRuntime()).executable;
}
