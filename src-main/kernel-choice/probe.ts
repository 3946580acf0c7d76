// The process that tries the kernel builds and answers once. It runs as a utility process of Electron or as a child
// process of Node.
import { tryBuilds } from '../trainer/engine/wasm/kernel-trial';

const { parentPort } = process;

if (parentPort) {
  parentPort.once('message', () => process.exit(0)); // the answer has arrived
  parentPort.postMessage(tryBuilds());
} else {
  process.send!(tryBuilds(), () => process.disconnect());
}
