// The trainer as an Electron utility process.
import { utilityProcess, type MessagePortMain } from 'electron';
import { join } from 'node:path';
import type { TrainerProcess } from './supervised-trainer';

export function forkTrainer(): TrainerProcess<MessagePortMain> {
  // The flag is for collect-garbage.ts: at the start it is safe with every V8.
  const child = utilityProcess.fork(join(__dirname, 'trainer.cjs'), [], {
    serviceName: 'MNIST Studio trainer',
    execArgv: ['--js-flags=--expose-gc'],
  });
  // its end follows
  child.on('error', (type, location) => console.error(`The training process has failed: ${type} at ${location}`));
  return {
    postMessage: (order, ports) => child.postMessage(order, ports),
    onReport: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', listener),
    kill: () => void child.kill(),
  };
}
