import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { UsageError } from '../../../../../src-main/cli/usage';
import type { Command, CommandEnvironment } from '../../../../../src-main/cli/process/environment';
import { endOnLostOutput, printText, runCommand } from '../../../../../src-main/cli/process/run-command';
import { StudioError } from '../../../../../src-shared/errors';

async function run(command: Command): Promise<{ exitCode: number; stderr: string }> {
  let stderr = '';
  const exitCode = await runCommand(command, [], {
    stderr: { write: (text) => (stderr += text) },
  } as CommandEnvironment);
  return { exitCode, stderr };
}

const failing =
  (error: Error): Command =>
  () =>
    Promise.reject(error);

it('turns each failure into a sentence and an exit code', async () => {
  expect(await run(failing(new UsageError('--lr is fast.')))).toEqual({
    exitCode: 2,
    stderr: '--lr is fast. See --help.\n',
  });
  expect(await run(failing(new StudioError('file-missing', 'There is no such folder.')))).toEqual({
    exitCode: 1,
    stderr: 'There is no such folder.\n',
  });
  expect(await run(failing(new Error('x is undefined')))).toEqual({
    exitCode: 1,
    stderr: 'Something unexpected went wrong: x is undefined. Please try again.\n',
  });
  expect(await run(async () => 130)).toEqual({ exitCode: 130, stderr: '' });
});

class Stream extends EventEmitter {
  written = '';
  write(text: string): void {
    this.written += text;
  }
}

it.each([
  ['stdout', 'EPIPE', 141, ''],
  ['stdout', 'EOF', 141, ''],
  ['stdout', 'ENOSPC', 1, 'The output could not be written: the disk is full.\n'],
  ['stderr', 'EPIPE', 141, ''],
  ['stderr', 'ENOSPC', 1, ''],
] as const)('ends when %s can no longer be written: %s', (name, code, exitCode, sentence) => {
  const streams = { stdout: new Stream(), stderr: new Stream() };
  const ends: number[] = [];
  endOnLostOutput(streams, (ended) => ends.push(ended));
  streams[name].emit('error', Object.assign(new Error(code), { code }));
  expect(ends).toEqual([exitCode]);
  expect(streams.stderr.written).toBe(sentence);
});

it.each([
  ['ENOSPC', 1, 'The output could not be written: the disk is full.\n'],
  ['EPIPE', 141, ''],
] as const)('a help page that cannot be written ends like the output of a command: %s', (code, exitCode, sentence) => {
  const stderr = new Stream();
  const write = () => {
    throw Object.assign(new Error(code), { code });
  };
  expect(printText('help', write, 0, stderr)).toBe(exitCode);
  expect(stderr.written).toBe(sentence);
});

it('a help page that is written ends with the code that it has', () => {
  const stdout = new Stream();
  expect(printText('help', (text) => stdout.write(text), 2, new Stream())).toBe(2);
  expect(stdout.written).toBe('help');
});
