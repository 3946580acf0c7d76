// The utility process of the installed app that a command runs in. It writes to the app's own stdout and stderr.
import { join } from 'node:path';
import { evaluate } from '../evaluate';
import { train } from '../train';
import type { Simd } from '../../trainer/engine/wasm/kernels';
import { allowWideVectors } from '../../trainer/engine/wasm/revectorizer';
import type { Command } from './environment';
import { byProgram, type CommandName } from './invocation';
import { endOnLostOutput, runCommand } from './run-command';

/** To the main process. */
export type CommandReport = { kind: 'choose-kernels' } | { kind: 'ended'; exitCode: number };

/** From the main process. */
export type CommandOrder = { kind: 'interrupt' } | { kind: 'kernels'; simd: Simd };

const COMMANDS: Record<CommandName, Command> = { train, evaluate };
const { parentPort, stdout, stderr } = process;
const [program, name, ...args] = process.argv.slice(2) as [string, CommandName, ...string[]];

let end = (exitCode: number) => {
  end = () => undefined;
  report({ kind: 'ended', exitCode });
};
let interrupt = () => end(130);
let useKernels: (simd: Simd) => void = () => undefined;
const report = (message: CommandReport) => parentPort.postMessage(message);

// Newer versions of Electron only warn of these, and the command would not end.
process.on('unhandledRejection', (reason) => {
  throw reason;
});

// Ctrl+C reaches every process of the terminal; the main process decides, and ends this one.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
parentPort.on('message', ({ data }: { data: CommandOrder }) => {
  if (data.kind === 'interrupt') interrupt();
  else useKernels(data.simd);
});
endOnLostOutput(process, (exitCode) => end(exitCode));

void runCommand(COMMANDS[name], args, {
  invocation: byProgram(program),
  stdout,
  stderr,
  builtinFolder: join(__dirname, '../builtin-mnist'),
  chooseKernels,
  onInterrupt: (stop) => (interrupt = stop),
}).then(async (exitCode) => {
  await Promise.all([flush(stdout), flush(stderr)]);
  end(exitCode);
});

/** Only the main process can start one for the trial. */
async function chooseKernels(): Promise<Simd> {
  const answered = new Promise<Simd>((resolve) => (useKernels = resolve));
  report({ kind: 'choose-kernels' });
  const simd = await answered;
  if (simd === 'wide') allowWideVectors();
  return simd;
}

function flush(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}
