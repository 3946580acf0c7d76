// The utility process of the installed app that a command runs in. It writes to the app's own stdout and stderr.
import { join } from 'node:path';
import { evaluate } from '../cli-evaluate';
import { train } from '../cli';
import type { Command } from './environment';
import { byProgram, type CommandName } from './invocation';
import { endOnLostOutput, runCommand } from './run-command';

export interface CommandResult {
  exitCode: number;
}

const COMMANDS: Record<CommandName, Command> = { train, evaluate };
const { parentPort, stdout, stderr } = process;
const [program, name, ...args] = process.argv.slice(2) as [string, CommandName, ...string[]];

let end = (exitCode: number) => {
  end = () => undefined;
  parentPort.postMessage({ exitCode } satisfies CommandResult);
};
let interrupt = () => end(130);

// Ctrl+C reaches every process of the terminal; the main process decides, and ends this one.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
parentPort.on('message', () => interrupt());
endOnLostOutput(process, (exitCode) => end(exitCode));

void runCommand(COMMANDS[name], args, {
  invocation: byProgram(program),
  stdout,
  stderr,
  builtinFolder: join(__dirname, '../builtin-mnist'),
  chooseKernels: async () => undefined, // the engine asks fastestSimd itself
  onInterrupt: (stop) => (interrupt = stop),
}).then(async (exitCode) => {
  await Promise.all([flush(stdout), flush(stderr)]);
  end(exitCode);
});

function flush(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}
