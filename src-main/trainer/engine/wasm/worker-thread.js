// The program of a worker thread of the fast engine: starts the kernels, as startKernels does, and serves orders. It is
// plain CommonJS, because thread-team.ts hands its text to Node as it is: so no file has to be found in a bundle or an
// archive.
// eslint-disable-next-line @typescript-eslint/no-require-imports -- Node evaluates this text as CommonJS
const { module: kernels, memory, plan, control, thread, fault } = require('node:worker_threads').workerData;
const words = new Int32Array(memory.buffer);
const sleep = (address, value, milliseconds) => void Atomics.wait(words, address >>> 2, value, milliseconds);
const wake = (address) => void Atomics.notify(words, address >>> 2);
const { serve, fail } = new WebAssembly.Instance(kernels, { env: { memory, sleep, wake } }).exports;
try {
  serve(plan, thread);
} catch (error) {
  // The first thread that fails leaves the text of its error in shared memory: the engine's own thread receives no
  // events while it works. fault has the text's length, then its characters.
  if (Atomics.compareExchange(fault, 0, 0, -1) === 0) {
    const text = String(error).slice(0, fault.length - 1);
    for (let k = 0; k < text.length; k++) fault[k + 1] = text.charCodeAt(k);
    Atomics.store(fault, 0, text.length);
  }
  fail(control);
  throw error;
}
