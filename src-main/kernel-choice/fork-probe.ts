// Starts the trial of the kernels as a child process of Node, for the command line.
import { fork } from 'node:child_process';
import type { ProbeProcess } from './run-probe';

/** @param script the bundle of probe.ts */
export function forkProbe(script: string): ProbeProcess {
  const child = fork(script, [], { stdio: 'ignore' });
  return {
    onMessage: (listener) => void child.on('message', listener),
    onEnd: (listener) => void child.on('exit', listener).on('error', listener),
    dismiss: () => undefined, // it ends on its own after it has sent its answer
    kill: () => void child.kill('SIGKILL'),
  };
}
