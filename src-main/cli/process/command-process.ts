// Runs a command of the installed app in a utility process, and ends the app with its exit code. No window is opened,
// no lock is taken, and the app's profile stays untouched, so that an app that is open is not disturbed.
import { app, utilityProcess } from 'electron';
import { mkdtempSync, rmSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findKernels } from '../../kernel-choice/command-line-kernels';
import { forkUtilityProbe } from '../../kernel-choice/fork-utility-probe';
import type { CommandOrder, CommandReport } from './entry';
import type { CommandName } from './invocation';
import { PARENT_PIPE_SWITCH } from './relaunch';

/** What a shell reports of a program that the signal ended. */
const EXIT_CODES = {
  SIGINT: 128 + constants.signals.SIGINT,
  SIGTERM: 128 + constants.signals.SIGTERM,
  SIGHUP: 128 + constants.signals.SIGHUP,
};
type Signal = keyof typeof EXIT_CODES;
const SIGNALS = Object.keys(EXIT_CODES) as Signal[];

/** Must be called before the app is ready. */
export function runInCommandProcess(program: string, name: CommandName, args: string[]): void {
  const profile = mkdtempSync(join(tmpdir(), 'mnist-studio-command-'));
  let ended = false;

  function removeProfile(): void {
    try {
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    } catch {
      // Windows keeps what Chromium still has open: it lies among the temporary files, and holds nothing.
    }
  }

  function end(exitCode: number): void {
    ended = true;
    removeProfile();
    app.exit(exitCode);
  }

  function fail(reason: string): void {
    try {
      writeSync(2, `The command ended unexpectedly (${reason}). Please try again.\n`);
    } catch {
      // Nobody reads it.
    }
    end(1);
  }

  process.on('exit', removeProfile); // a signal during the start ends the app by itself
  const endOnSignal = (signal: Signal) => end(EXIT_CODES[signal]);
  let interrupt = () => endOnSignal('SIGINT');
  SIGNALS.forEach((signal) => process.on(signal, endOnSignal));
  app.on('before-quit', (event) => {
    if (ended) return;
    event.preventDefault();
    interrupt();
  });
  process.on('uncaughtException', (error) => fail(error.message)); // Electron would show it in a dialog
  app.setPath('userData', profile);
  app.disableHardwareAcceleration();
  if (process.platform === 'darwin') app.setActivationPolicy('accessory'); // nothing in the Dock

  const start = () => {
    const child = utilityProcess.fork(join(__dirname, 'command.cjs'), [program, name, ...args], {
      stdio: 'inherit',
      serviceName: 'MNIST Studio command',
    });
    const order = (message: CommandOrder) => child.postMessage(message);
    child.on('error', (type, location) => console.error(`${type} at ${location}`)); // its end follows
    let interrupted = false;
    interrupt = () => {
      if (interrupted) return endOnSignal('SIGINT');
      interrupted = true;
      order({ kind: 'interrupt' });
    };
    child.on('message', (report: CommandReport) => {
      if (report.kind === 'ended') return end(report.exitCode);
      void findKernels(() => forkUtilityProbe(join(__dirname, 'probe.cjs'))).then((simd) =>
        order({ kind: 'kernels', simd }),
      );
    });
    child.on('exit', (code) => {
      if (ended) return;
      if (interrupted) endOnSignal('SIGINT');
      else fail(`exit code ${code}`);
    });
    // Anew, since Chromium has put its own handlers in their place.
    SIGNALS.forEach((signal) => process.off(signal, endOnSignal));
    process.on('SIGINT', interrupt).on('SIGTERM', endOnSignal).on('SIGHUP', endOnSignal);
    endWithParent(() => endOnSignal('SIGTERM'));
  };
  app
    .whenReady()
    .then(start)
    .catch((error: Error) => fail(error.message));
}

/** The process that waits for this one may be killed: see relaunch.ts. */
function endWithParent(end: () => void): void {
  const pipe = app.commandLine.getSwitchValue(PARENT_PIPE_SWITCH);
  if (pipe !== '') new Socket({ fd: Number(pipe) }).on('error', end).on('close', end).resume();
}
