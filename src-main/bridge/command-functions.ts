// The functions that answer commands of the page, by the names of the commands.
import type { CommandArguments, CommandName, CommandResults } from '../../src-shared/contract';

export type CommandFunctions<Name extends CommandName> = {
  [K in Name]: (args: CommandArguments[K]) => Promise<CommandResults[K]>;
};
