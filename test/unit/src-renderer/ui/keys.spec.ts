import { describe, expect, it } from 'vitest';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { commandOfSign, withModifier } from '../../../../src-renderer/ui/keys';

const press = (
  key: string,
  code: string,
  modifiers: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = { ctrlKey: true },
) => ({ key, code, ctrlKey: false, metaKey: false, altKey: false, ...modifiers });

describe('a sign with Ctrl', () => {
  it.each([
    ['', press('1', 'Digit1', {})],
    ['Alt too, as AltGr is', press('\\', 'Minus', { ctrlKey: true, altKey: true })],
    ['Cmd where Ctrl is meant', press('1', 'Digit1', { metaKey: true })],
    ['a letter', press('k', 'KeyK')],
    ['no sign of a command', press('9', 'Digit9')],
  ])('means nothing: %s', (_what, event) => {
    expect(commandOfSign(event, false)).toBeUndefined();
  });

  it.each([
    ['American', '=', 'Equal', 'zoom-in'],
    ['American, with Shift', '+', 'Equal', 'zoom-in'],
    ['German', '+', 'BracketRight', 'zoom-in'],
    ['the number pad', '+', 'NumpadAdd', 'zoom-in'],
    ['French, where the minus stands on the 6', '-', 'Digit6', 'zoom-out'],
    ['French, with Shift', '6', 'Digit6', 'show-map'],
    ['French, without Shift', '&', 'Digit1', 'show-data'],
    ['French, where the à stands on the 0', 'à', 'Digit0', 'zoom-reset'],
    ['German', '1', 'Digit1', 'show-data'],
  ])('means a command on the keyboard: %s (%s)', (_keyboard, key, code, command) => {
    expect(commandOfSign(press(key, code), false)).toBe(command);
    expect(commandOfSign(press(key, code, { metaKey: true }), true)).toBe(command);
  });
});

it('a key with Ctrl, Alt or Cmd is not one of a view', () => {
  expect(
    [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, {}].map((held) => withModifier(press('+', 'Equal', held))),
  ).toEqual([true, true, true, false]);
});

it('every view asks that of the keys that it takes', async () => {
  const page = path.resolve(import.meta.dirname, '../../../../src-renderer');
  const files = (await readdir(page, { recursive: true })).filter((file) => file.endsWith('.svelte'));
  const takers: string[] = [];
  for (const file of files) {
    const text = await readFile(path.join(page, file), 'utf8');
    for (const [, body] of text.matchAll(/function keydown\([^)]*\): void \{\n([\s\S]*?)\n {2}\}\n/g)) {
      takers.push(file);
      expect(body, file).toContain('withModifier(');
    }
    expect(text.replaceAll('onkeydown={keydown}', ''), `${file}: keys are taken by a function keydown`).not.toMatch(
      /onkeydown=\{\(?event/,
    );
  }
  expect(takers.length).toBeGreaterThan(12);
});
