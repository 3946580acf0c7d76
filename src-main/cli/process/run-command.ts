// Runs a command to its end, whatever happens: each failure becomes a sentence on stderr and an exit code.
import { toFailure } from '../../../src-shared/errors';
import { UsageError } from '../usage';
import { fileErrorReason } from '../../files/file-errors';
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

/**
 * Writes what the program says about itself, such as its help page.
 * @param write throws the system's error. @param exitCode if all goes well. @returns the exit code
 */
export function printText(
  text: string,
  write: (text: string) => void,
  exitCode: number,
  stderr: CommandStream,
): number {
  try {
    write(text);
    return exitCode;
  } catch (error) {
    return codeOfLostOutput(error as NodeJS.ErrnoException, stderr);
  }
}

interface FailingStream {
  once(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/** Ends the command at once if nobody reads its output any more (a pipe into head), or if it cannot be written. */
export function endOnLostOutput(
  { stdout, stderr }: { stdout: FailingStream; stderr: FailingStream & CommandStream },
  end: (exitCode: number) => void,
): void {
  stdout.once('error', (error) => end(codeOfLostOutput(error, stderr)));
  stderr.once('error', (error) => end(isReaderGone(error) ? READER_GONE : 1));
}

/** Says why on stderr, unless nobody wants to know. */
function codeOfLostOutput(error: NodeJS.ErrnoException, stderr: CommandStream): number {
  if (isReaderGone(error)) return READER_GONE;
  stderr.write(`The output could not be written: ${fileErrorReason(error)}.\n`);
  return 1;
}

/** Windows says EOF. */
function isReaderGone({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE' || code === 'EOF';
}
