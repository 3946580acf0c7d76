// Shortcuts of signs and digits, on any keyboard layout. Pure.
import { COMMANDS, type AppCommandId } from '../../src-shared/app/app-commands';

type PressedKey = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** The character that a key of an accelerator types. */
const CHARACTERS: Readonly<Record<string, string>> = { Plus: '+', numadd: '+', numsub: '-', num0: '0' };

/** Commands whose shortcut is Ctrl or Cmd with one sign or digit, by that character. */
const BY_CHARACTER = new Map<string, AppCommandId>(
  COMMANDS.flatMap(({ id, keys = [] }) =>
    keys.flatMap((key) => {
      const [modifier, name, ...others] = key.split('+');
      const character = CHARACTERS[name!] ?? name!;
      return modifier === 'CmdOrCtrl' && others.length === 0 && /^[^A-Za-z]$/.test(character)
        ? [[character, id] as const]
        : [];
    }),
  ),
);

/**
 * The command of Ctrl (on a Mac Cmd) with a sign or digit. The native menu matches such keys by their position on an
 * American keyboard; this matches the character that the keyboard types: "+" without Shift on a German one, digits with
 * Shift on a French one. If the character has no command, a key of the digit row counts as its digit. Letters are left
 * to the menu.
 */
export function commandOfKey(event: PressedKey, mac: boolean): AppCommandId | undefined {
  const { key, code, ctrlKey, metaKey, altKey } = event;
  if (altKey || (mac ? !metaKey || ctrlKey : !ctrlKey || metaKey)) return undefined;
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  return BY_CHARACTER.get(key) ?? (digit === undefined ? undefined : BY_CHARACTER.get(digit));
}
