// What the installed app is asked for by its arguments: its window, or one of its commands.
import { COMMAND_NAMES, type CommandName } from './invocation';

export type Dispatch =
  | { kind: 'window' }
  | { kind: 'help' }
  | { kind: 'version' }
  | { kind: 'command'; name: CommandName; args: string[] }
  | { kind: 'unknown'; word: string };

/**
 * @param args what follows the program. Switches of Chromium may stand before a command.
 * @param exists whether there is a file or folder of that name
 */
export function dispatch(args: readonly string[], exists: (path: string) => boolean): Dispatch {
  const at = args.findIndex((arg) => !arg.startsWith('-') || isHelp(arg) || isVersion(arg));
  const word = args[at];
  if (word === undefined) return { kind: 'window' };
  if (isHelp(word)) return { kind: 'help' };
  if (isVersion(word)) return { kind: 'version' };
  const name = COMMAND_NAMES.find((command) => command === word);
  // A command first, even beside a folder of its name: ./train opens that.
  if (name) return { kind: 'command', name, args: args.slice(at + 1) };
  return looksLikePath(word) || exists(word) ? { kind: 'window' } : { kind: 'unknown', word };
}

const isHelp = (arg: string) => arg === '--help' || arg === '-h';
const isVersion = (arg: string) => arg === '--version';

/** A path, a file's name, or an address: the window deals with those, whether they exist or not. */
function looksLikePath(word: string): boolean {
  return word === '' || /[./\\:]/.test(word);
}
