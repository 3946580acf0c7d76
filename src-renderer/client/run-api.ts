// The commands about stored runs: the type of the function that sends them, which is injected, and their notices.
import type { Answer, CommandArguments, CommandResults, RunCommandName, RunNotice } from '../../src-shared/contract';

/** Never rejects: a fault in transit becomes an answer with an error. */
export type SendRunCommand = <K extends RunCommandName>(
  name: K,
  args: CommandArguments[K],
) => Promise<Answer<CommandResults[K]>>;

/** What a run on the page is called is part of the state of training. */
export type LibraryNotice = Exclude<RunNotice, { kind: 'run-named' }>;

const NOTICES: readonly string[] = [
  'run-changed',
  'runs-changed',
  'queue',
  'run-not-saved',
  'run-saved',
] satisfies LibraryNotice['kind'][];

/** Whether a notice of the main process is for the library of runs. */
export function isRunNotice(notice: { kind: string }): notice is LibraryNotice {
  return NOTICES.includes(notice.kind);
}
