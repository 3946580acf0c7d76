// Parses the arguments of all commands.
import { parseArgs } from 'node:util';

/** Wrong options: the sentence goes to stderr, and the program ends with 2. */
export class UsageError extends Error {}

export type Arguments = Record<string, string | boolean | string[] | undefined>;

/** What may follow a command, by its name without the dashes. --help is taken by all. */
export interface ArgumentNames {
  /** Followed by a text. */
  texts: readonly string[];
  /** Followed by a text, any number of times. */
  lists?: readonly string[];
  /** Followed by nothing. */
  switches: readonly string[];
}

/** Throws UsageError. */
export function readArguments(args: string[], { texts, lists = [], switches }: ArgumentNames): Arguments {
  const options = {
    ...Object.fromEntries(texts.map((name) => [name, { type: 'string' as const }])),
    ...Object.fromEntries(lists.map((name) => [name, { type: 'string' as const, multiple: true }])),
    ...Object.fromEntries(switches.map((name) => [name, { type: 'boolean' as const }])),
    help: { type: 'boolean' as const, short: 'h' },
  };
  try {
    return parseArgs({ args, options }).values as Arguments;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
