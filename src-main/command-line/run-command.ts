// Runs a command to its end, whatever happens: each failure becomes a sentence on stderr and an exit code.
import { toFailure } from '../../src-shared/errors';
import { UsageError } from '../cli-usage';
import { fileErrorReason } from '../file-errors';
import type { Command, CommandEnvironment, CommandStream } from './environment';

/** 128 + the number of SIGPIPE: what a shell reports of a program whose reader has gone. */
const READER_GONE = 141;

/** @returns the command's exit code; 1 if it failed, 2 if its options are wrong */
export async function runCommand(command: Command, args: string[], environment: CommandEnvironment): Promise<number> {
  try {
    return await command(args, environment);
  } catch (error) {
    const isUsage = error instanceof UsageError;
    environment.stderr.write(`${isUsage ? `${error.message} See --help.` : toFailure(error).message}\n`);
    return isUsage ? 2 : 1;
  }
}

interface FailingStream {
  once(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/** Ends the command at once if nobody reads its output any more (a pipe into head), or if it cannot be written. */
export function endOnLostOutput({ stdout, stderr }: { stdout: FailingStream; stderr: FailingStream & CommandStream }, end: (exitCode: number) => void): void {
  stdout.once('error', (error) => {
    if (isReaderGone(error)) return end(READER_GONE);
    stderr.write(`The output could not be written: ${fileErrorReason(error)}.\n`);
    end(1);
  });
  stderr.once('error', (error) => end(isReaderGone(error) ? READER_GONE : 1));
}

/** Windows says EOF. */
function isReaderGone({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE' || code === 'EOF';
}
