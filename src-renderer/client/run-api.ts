// How the page asks for what concerns runs on disk: the one function that is put in from outside, and its types.
import type { Answer, CommandArguments, CommandResults, RunCommandName, RunNotice } from '../../src-shared/contract';

/** Never rejects: a fault on the way is an answer like any other. */
export type SendRunCommand = <K extends RunCommandName>(
  name: K,
  args: CommandArguments[K],
) => Promise<Answer<CommandResults[K]>>;

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
