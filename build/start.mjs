// npm start: builds and opens the app. On Linux without a display it trains on the command line instead, so that the
// command does the main job everywhere.
import { electronRuntime } from './electron-runtime.mjs';
import { ensureBuilt } from './ensure-built.mjs';
import { APP_PACKAGES, hasDisplay, installHint, missingLibraries } from './linux.mjs';
import { main, projectRoot, run, runNode, sandboxFlags } from './project.mjs';

const extra = process.argv.slice(2);

await main(async () => {
  await ensureBuilt();
  if (!hasDisplay()) {
    console.error('There is no display to open a window on: training on the built-in MNIST in the terminal instead.');
    return runNode('out/main/cli.cjs', ['--data', 'builtin', ...extra]);
  }

  const { executable } = await electronRuntime();
  const missing = missingLibraries(executable);
  if (missing.length > 0) {
    throw new Error(`Electron cannot start: this system lacks ${missing.join(', ')}. ${installHint(APP_PACKAGES)}`);
  }
  return run(executable, [...sandboxFlags, projectRoot, ...extra]);
});
