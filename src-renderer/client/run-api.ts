// How the page asks for what concerns runs on disk: the one function that is put in from outside, and its types.
import type { Answer, CommandArguments } from '../../src-shared/contract';
import type { RUN_COMMAND_ARGUMENTS, RunCommandResults, RunNotice } from '../../src-shared/runs/run-commands';

export type RunCommandName = keyof typeof RUN_COMMAND_ARGUMENTS;

/** Never rejects: a fault on the way is an answer like any other. */
export type SendRunCommand = <K extends RunCommandName>(
  name: K,
  args: CommandArguments[K],
) => Promise<Answer<RunCommandResults[K]>>;

const NOTICES: readonly string[] = [
  'run-changed',
  'runs-changed',
  'queue',
  'run-not-saved',
  'run-saved',
] satisfies RunNotice['kind'][];

/** Whether a notice of main is one for the library of runs. */
export function isRunNotice(notice: { kind: string }): notice is RunNotice {
  return NOTICES.includes(notice.kind);
}
