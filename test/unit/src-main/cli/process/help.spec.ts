import { describe, expect, it } from 'vitest';
import { evaluateHelp } from '../../../../../src-main/cli/evaluate-options';
import { trainHelp } from '../../../../../src-main/cli/train-options';
import { BY_NPM, byProgram, programName } from '../../../../../src-main/cli/process/invocation';
import { PROGRAM_VERSION, programHelp, unknownCommand } from '../../../../../src-main/cli/process/program-help';
import { version } from '../../../../../package.json';

it('the help of a command says how it is started here, and speaks of npm only where npm starts it', () => {
  expect(trainHelp(BY_NPM)).toContain('\nUsage: npm run train -- --data <folder|builtin> [options]\n');
  expect(evaluateHelp(BY_NPM)).toContain('\nUsage: npm run evaluate -- --model <file>');
  expect(trainHelp(byProgram('mnist-studio'))).toContain(
    '\nUsage: mnist-studio train --data <folder|builtin> [options]\n',
  );
  expect(evaluateHelp(byProgram('mnist-studio'))).toContain('\nUsage: mnist-studio evaluate --model <file>');
  for (const help of [trainHelp, evaluateHelp]) {
    expect(help(BY_NPM)).toMatch(/npm\s+run\s+--silent/);
    expect(help(byProgram('mnist-studio'))).not.toContain('npm');
  }
});

describe('the help of the app', () => {
  it('names the window and both commands, in lines of at most 120 characters', () => {
    const help = programHelp('mnist-studio');
    for (const words of [
      'mnist-studio [file]',
      'mnist-studio train --data',
      'mnist-studio evaluate --model',
      'mnist-studio train --help',
      version,
    ])
      expect(help).toContain(words);
    for (const line of help.split('\n')) expect(line.length, line).toBeLessThanOrEqual(120);
    expect(PROGRAM_VERSION).toBe(`MNIST Studio ${version}\n`);
  });

  it('is named where a command is unknown', () => {
    expect(unknownCommand('trian', 'mnist-studio')).toBe(
      'There is no command “trian”, nor a file or folder of that name: expected train or evaluate. See ' +
        'mnist-studio --help.\n',
    );
  });

  it('calls the program as it is typed', () => {
    expect(programName('/opt/MNIST Studio/mnist-studio')).toBe('mnist-studio');
    expect(programName('/Applications/MNIST Studio.app/Contents/MacOS/MNIST Studio')).toBe('"MNIST Studio"');
  });
});
