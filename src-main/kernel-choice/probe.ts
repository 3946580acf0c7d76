// The process that tries the builds of the kernels: answers once. It runs as a utility process of Electron and as a
// child of Node.
import { tryBuilds } from '../trainer/engine/wasm/kernel-trial';

const { parentPort } = process;

if (parentPort) {
  parentPort.once('message', () => process.exit(0)); // the answer has arrived
  parentPort.postMessage(tryBuilds());
} else {
  process.send!(tryBuilds(), () => process.disconnect());
}
