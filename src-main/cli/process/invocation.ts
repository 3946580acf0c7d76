// How a person starts the commands: by npm in the project's folder, by the app's own program where it is installed.
import { basename } from 'node:path';

export const COMMAND_NAMES = ['train', 'evaluate'] as const;
export type CommandName = (typeof COMMAND_NAMES)[number];

export interface Invocation {
  /** Everything before the options, such as “npm run train --”. */
  before: Record<CommandName, string>;
  /** Follows the explanation of --json. */
  jsonNote: string;
}

export const BY_NPM: Invocation = {
  before: { train: 'npm run train --', evaluate: 'npm run evaluate --' },
  jsonNote: ' (npm’s own two lines go with npm run --silent)',
};

export function byProgram(program: string): Invocation {
  return { before: { train: `${program} train`, evaluate: `${program} evaluate` }, jsonNote: '' };
}

/** As it is typed in a shell. @param executable path of the running program */
export function programName(executable: string): string {
  const name = basename(executable);
  return name.includes(' ') ? `"${name}"` : name;
}
