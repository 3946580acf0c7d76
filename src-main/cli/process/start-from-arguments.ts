// The installed app as a command: does what its arguments ask for, unless that is the window.
import { app } from 'electron';
import { existsSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { runInCommandProcess } from './command-process';
import { dispatch } from './dispatch';
import { programName } from './invocation';
import { PROGRAM_VERSION, programHelp, unknownCommand } from './program-help';
import { relaunchHeadless } from './relaunch';
import { printText } from './run-command';

const [STDOUT, STDERR] = [1, 2];

/** @returns false if the app is to open its window */
export function startFromArguments(): boolean {
  const asked = dispatch(ownArguments(), existsSync);
  const program = programName(process.execPath);
  if (asked.kind === 'window') return false;
  if (asked.kind === 'help') printAndExit(STDOUT, programHelp(program), 0);
  if (asked.kind === 'version') printAndExit(STDOUT, PROGRAM_VERSION, 0);
  if (asked.kind === 'unknown') printAndExit(STDERR, unknownCommand(asked.word, program), 2);
  if (process.platform === 'linux' && app.commandLine.getSwitchValue('ozone-platform') !== 'headless')
    relaunchHeadless();
  runInCommandProcess(program, asked.name, asked.args);
  return true;
}

/** What follows the program; for Electron in development, what follows the app's folder. */
function ownArguments(): string[] {
  if (app.isPackaged) return process.argv.slice(1);
  const at = process.argv.findIndex((arg, n) => n > 0 && resolve(arg) === resolve(app.getAppPath()));
  return at === -1 ? [] : process.argv.slice(at + 1);
}

function tryToComplain(sentence: string): void {
  try {
    writeSync(STDERR, sentence);
  } catch {
    // Nobody reads it.
  }
}

function printAndExit(stream: number, text: string, exitCode: number): never {
  process.exit(printText(text, (all) => writeSync(stream, all), exitCode, { write: tryToComplain }));
}
