// Runs a command in this Node process: npm run train, npm run evaluate.
import { join } from 'node:path';
import { chooseKernels } from '../../kernel-choice/command-line-kernels';
import type { Command } from './environment';
import { BY_NPM } from './invocation';
import { endOnLostOutput, runCommand } from './run-command';

export function runOnNode(command: Command): void {
  const { stdout, stderr } = process;
  endOnLostOutput(process, (exitCode) => process.exit(exitCode));
  void runCommand(command, process.argv.slice(2), {
    invocation: BY_NPM,
    stdout,
    stderr,
    builtinFolder: join(__dirname, '../builtin-mnist'),
    chooseKernels: () => chooseKernels(),
    onInterrupt: (stop) => void process.once('SIGINT', stop),
  }).then((exitCode) => (process.exitCode = exitCode));
}
