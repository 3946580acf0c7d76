// The commands train and evaluate as built, each in a process of its own.
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

export const train = (...args: string[]): Promise<Ended> => run('cli', args);
export const evaluate = (...args: string[]): Promise<Ended> => run('evaluate', args);

async function run(command: 'cli' | 'evaluate', args: string[]): Promise<Ended> {
  try {
    return {
      code: 0,
      ...(await promisify(execFile)(process.execPath, [
        resolve(import.meta.dirname, `../../out/main/${command}.cjs`),
        ...args,
      ])),
    };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

export const jsonLines = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
