// The process that reads and writes files of networks, as a utility process of Electron.
import { utilityProcess } from 'electron';
import { join } from 'node:path';
import type { NetworkProcess } from './network-work';

export function forkNetworkProcess(): NetworkProcess {
  const child = utilityProcess.fork(join(__dirname, 'network.cjs'), [], { serviceName: 'MNIST Studio network files' });
  child.on('error', (type, location) => console.error(`The process for networks’ files has failed: ${type} at ${location}`)); // its end follows
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onEnd: (listener) => void child.on('exit', listener),
    kill: () => void (child.pid === undefined ? child.once('spawn', () => child.kill()) : child.kill()),
  };
}
