// Starts the process that reads and writes files of networks, as a utility process of Electron.
import { utilityProcess } from 'electron';
import { join } from 'node:path';
import type { NetworkProcess } from './network-work';

export function forkNetworkProcess(): NetworkProcess {
  const child = utilityProcess.fork(join(__dirname, 'network.cjs'), [], { serviceName: 'MNIST Studio network files' });
  child.on('error', (type, location) =>
    console.error(`The process for network files has failed: ${type} at ${location}`),
  ); // the exit event follows
  function end(): void {
    try {
      // Not child.kill(), which sends a request that a process that hangs does not handle.
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    } catch {
      // It has already ended.
    }
  }
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onEnd: (listener) => void child.on('exit', listener),
    kill: () => (child.pid === undefined ? void child.once('spawn', end) : end()),
  };
}
