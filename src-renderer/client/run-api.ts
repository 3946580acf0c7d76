// The commands about stored runs: the type of the function that sends them, which is injected, and their notices.
import type { Answer, CommandArguments, CommandResults, RunCommandName, RunNotice } from '../../src-shared/contract';

/** Never rejects: a fault in transit becomes an answer with an error. */
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

/** Whether a notice of the main process is for the library of runs. */
export function isRunNotice(notice: { kind: string }): notice is RunNotice {
  return NOTICES.includes(notice.kind);
}
