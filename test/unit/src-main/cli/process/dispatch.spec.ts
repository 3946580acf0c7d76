import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dispatch } from '../../../../../src-main/cli/process/dispatch';
import { HEADLESS_SWITCHES } from '../../../../../src-main/cli/process/relaunch';

const here = new Set(['weights', 'mnist', 'train']);
const ask = (...args: string[]) => dispatch(args, (path) => here.has(path));

describe('the arguments of the installed app', () => {
  it.each([['trian'], ['resume'], ['--no-sandbox', 'trian'], ['weight']])('%j: no command', (...args) => {
    expect(ask(...args)).toEqual({ kind: 'unknown', word: args.at(-1) });
  });

  it.each([
    [],
    ['weights.npz'],
    ['gone.npz'],
    ['weights'],
    ['mnist'],
    ['./train'],
    ['/home/me/digits'],
    ['C:\\digits'],
    ['file:///home/me/w.npz'],
    [''],
    ['--no-sandbox'],
    ['--user-data-dir=/tmp/train', '--remote-debugging-port=0'],
    ['-psn_0_1234'],
    ['weights.npz', 'train'],
    ['weights.npz', '--help'],
  ])('%j: the window', (...args: string[]) => {
    expect(ask(...args)).toEqual({ kind: 'window' });
  });

  it('name a command first, or after switches of Chromium; everything behind it is its own, as it was typed', () => {
    const args = ['--data', 'my digits', '--json', '--help', '', '--no-sandbox', 'evaluate'];
    expect(ask('train', ...args)).toEqual({ kind: 'command', name: 'train', args });
    expect(ask('--no-sandbox', '--ozone-platform=headless', 'evaluate', '--model', 'w.npz')).toEqual({
      kind: 'command',
      name: 'evaluate',
      args: ['--model', 'w.npz'],
    });
    expect(ask('train')).toEqual({ kind: 'command', name: 'train', args: [] });
  });

  it('ask for help or the version', () => {
    expect(ask('--help')).toEqual({ kind: 'help' });
    expect(ask('-h')).toEqual({ kind: 'help' });
    expect(ask('--no-sandbox', '--help', 'train')).toEqual({ kind: 'help' });
    expect(ask('--version')).toEqual({ kind: 'version' });
  });
});

it('the script in /usr/bin starts commands with the switches that the app would start itself again with', async () => {
  const script = await readFile(resolve(import.meta.dirname, '../../../../../build/mnist-studio.sh'), 'utf8');
  expect(script).toContain(`exec "$app" ${HEADLESS_SWITCHES.join(' ')} "$@"`);
});
