// Starts the trial of the kernels as a utility process of Electron.
import { utilityProcess } from 'electron';
import type { ProbeProcess } from './run-probe';

/** @param script the bundle of probe.ts */
export function forkUtilityProbe(script: string): ProbeProcess {
  const child = utilityProcess.fork(script, [], { serviceName: 'MNIST Studio kernel trial', stdio: 'ignore' });
  // The exit event follows.
  child.on('error', (type, location) => console.error(`The trial of the kernels has failed: ${type} at ${location}`));
  return {
    onMessage: (listener) => void child.on('message', listener),
    onEnd: (listener) => void child.on('exit', listener),
    dismiss: () => child.postMessage('answered'),
    kill: () => void child.kill(),
  };
}
