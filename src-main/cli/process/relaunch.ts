// Starts this program again with switches that Chromium must know before any script runs, and waits for it. On Linux
// the scripts of the main process run before Chromium looks for a display, so this is where a command gets rid of the
// need for one.
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';

/**
 * The same as in build/mnist-studio.sh. The sandbox is for pages, and a command opens none; as root Chromium refuses to
 * start with it.
 */
export const HEADLESS_SWITCHES = [
  '--no-sandbox',
  '--no-zygote',
  '--ozone-platform=headless',
  '--disable-gpu',
  '--log-level=3',
];
/** Its value is the number of a pipe that closes when the waiting process dies. */
export const PARENT_PIPE_SWITCH = 'parent-pipe';

/** Shared with the worker: whether the program has ended, and its process id until then, its exit code from then on. */
const [ENDED, RESULT] = [0, 1];

const WORKER = `
const { spawn } = require('node:child_process');
const { signals } = require('node:os').constants;
const { cell, program, args } = require('node:worker_threads').workerData;
function end(exitCode, sentence) {
  if (sentence) require('node:fs').writeSync(2, sentence + '\\n');
  Atomics.store(cell, ${RESULT}, exitCode);
  Atomics.store(cell, ${ENDED}, 1);
  Atomics.notify(cell, ${ENDED});
}
try {
  // A group of its own, so that Ctrl+C reaches it once, through the waiting process.
  const child = spawn(program, args, { stdio: ['inherit', 'inherit', 'inherit', 'pipe'], detached: true });
  if (child.pid) Atomics.store(cell, ${RESULT}, child.pid);
  child.on('error', (error) => end(1, 'MNIST Studio could not be started again: ' + error.message));
  child.on('exit', (code, signal) => end(code ?? 128 + signals[signal]));
} catch (error) {
  end(1, 'MNIST Studio could not be started again: ' + error.message);
}
`;

/**
 * Must be called before the app is ready: this thread's event loop does not run yet, so a worker waits for the program.
 * Does not return.
 */
export function relaunchHeadless(): never {
  const cell = new Int32Array(new SharedArrayBuffer(8));
  const args = [...HEADLESS_SWITCHES, `--${PARENT_PIPE_SWITCH}=3`, ...process.argv.slice(1)];
  new Worker(WORKER, { eval: true, workerData: { cell, program: process.execPath, args } });
  while (Atomics.load(cell, ENDED) === 0) waitOrForwardInterrupt(cell);
  process.exit(Atomics.load(cell, RESULT));
}

function waitOrForwardInterrupt(cell: Int32Array): void {
  try {
    // The one way in which a thread that waits can be interrupted.
    runInNewContext(`Atomics.wait(cell, ${ENDED}, 0)`, { cell }, { breakOnSigint: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_INTERRUPTED') throw error;
    const pid = Atomics.load(cell, RESULT);
    if (pid > 0 && Atomics.load(cell, ENDED) === 0) process.kill(pid, 'SIGINT');
  }
}
