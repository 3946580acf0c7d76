// How the page asks for what concerns runs on disk: the one function that is put in from outside, and its types.
import type { z } from 'zod';
import type { Answer } from '../../src-shared/contract';
import type { RUN_COMMAND_ARGUMENTS, RunCommandResults } from '../../src-shared/run-commands';

export type RunCommandName = keyof typeof RUN_COMMAND_ARGUMENTS;
export type RunCommandArguments = { [K in RunCommandName]: z.infer<(typeof RUN_COMMAND_ARGUMENTS)[K]> };

/** Never rejects: a fault on the way is an answer like any other. */
export type SendRunCommand = <K extends RunCommandName>(name: K, args: RunCommandArguments[K]) => Promise<Answer<RunCommandResults[K]>>;
