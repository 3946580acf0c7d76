// The trainer as an Electron utility process.
import { utilityProcess, type MessagePortMain } from 'electron';
import { join } from 'node:path';
import type { TrainerProcess } from './supervised-trainer';

export function forkTrainer(): TrainerProcess<MessagePortMain> {
  // The flag is for collect-garbage.ts. Setting it at the start is safe with every version of V8.
  const child = utilityProcess.fork(join(__dirname, 'trainer.cjs'), [], {
    serviceName: 'MNIST Studio trainer',
    execArgv: ['--js-flags=--expose-gc'],
  });
  // The exit event follows.
  child.on('error', (type, location) => console.error(`The training process has failed: ${type} at ${location}`));
  return {
    postMessage: (order, ports) => child.postMessage(order, ports),
    onReport: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', listener),
    kill: () => void child.kill(),
  };
}
