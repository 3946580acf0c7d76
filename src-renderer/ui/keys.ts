// Which keys mean what, on any keyboard. Pure.
import { COMMANDS, type AppCommandId } from '../../src-shared/app/app-commands';

type PressedKey = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/**
 * Whether a key is pressed with Ctrl, Alt or Cmd: then it belongs to the app or the system, and never to a chart, a
 * list or a picture.
 */
export function withModifier({
  ctrlKey,
  metaKey,
  altKey,
}: Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'altKey'>): boolean {
  return ctrlKey || metaKey || altKey;
}

/** What a keyboard may give for a sign on a shortcut. */
const SIGNS: Readonly<Record<string, string>> = { Plus: '+', numadd: '+', numsub: '-', num0: '0' };

/** Shortcuts of one sign or digit with Ctrl or Cmd, by that sign. */
const BY_SIGN = new Map<string, AppCommandId>(
  COMMANDS.flatMap(({ id, keys = [] }) =>
    keys.flatMap((key) => {
      const [modifier, name, ...others] = key.split('+');
      const sign = SIGNS[name!] ?? name!;
      return modifier === 'CmdOrCtrl' && others.length === 0 && /^[^A-Za-z]$/.test(sign) ? [[sign, id] as const] : [];
    }),
  ),
);

/**
 * The command that Ctrl (on a Mac Cmd) and a sign or digit mean. The native menu knows these keys only by where they
 * are on an American keyboard; here the sign counts that the keyboard gives: "+" without Shift on a German one, digits
 * with Shift on a French one. If it gives no sign of a command, the row of digits counts as such without Shift too.
 * Letters are left to the menu.
 */
export function commandOfSign(event: PressedKey, mac: boolean): AppCommandId | undefined {
  const { key, code, ctrlKey, metaKey, altKey } = event;
  if (altKey || (mac ? !metaKey || ctrlKey : !ctrlKey || metaKey)) return undefined;
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  return BY_SIGN.get(key) ?? (digit === undefined ? undefined : BY_SIGN.get(digit));
}
