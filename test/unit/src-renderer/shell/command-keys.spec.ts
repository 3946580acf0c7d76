import { describe, expect, it } from 'vitest';
import { commandOfKey } from '../../../../src-renderer/shell/command-keys';

const press = (
  key: string,
  code: string,
  modifiers: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = { ctrlKey: true },
) => ({ key, code, ctrlKey: false, metaKey: false, altKey: false, ...modifiers });

describe('a sign with Ctrl', () => {
  it.each([
    ['', press('1', 'Digit1', {})],
    ['Alt too, as AltGr is', press('\\', 'Minus', { ctrlKey: true, altKey: true })],
    ['Cmd instead of Ctrl', press('1', 'Digit1', { metaKey: true })],
    ['a letter', press('k', 'KeyK')],
    ['a digit without a command', press('9', 'Digit9')],
  ])('means nothing: %s', (_what, event) => {
    expect(commandOfKey(event, false)).toBeUndefined();
  });

  it.each([
    ['American', '=', 'Equal', 'zoom-in'],
    ['American, with Shift', '+', 'Equal', 'zoom-in'],
    ['German', '+', 'BracketRight', 'zoom-in'],
    ['the number pad', '+', 'NumpadAdd', 'zoom-in'],
    ['French, with the minus on the 6', '-', 'Digit6', 'zoom-out'],
    ['French, with Shift', '6', 'Digit6', 'show-map'],
    ['French, without Shift', '&', 'Digit1', 'show-data'],
    ['French, with the à on the 0', 'à', 'Digit0', 'zoom-reset'],
    ['German', '1', 'Digit1', 'show-data'],
  ])('means a command on the keyboard: %s (%s)', (_keyboard, key, code, command) => {
    expect(commandOfKey(press(key, code), false)).toBe(command);
    expect(commandOfKey(press(key, code, { metaKey: true }), true)).toBe(command);
  });
});
