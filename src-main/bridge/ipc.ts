// The only ipcMain file: lets in commands of our own page alone, checks what they bring, and answers with a value or a
// failure.
import { ipcMain, type WebContents } from 'electron';
import { CHANNELS } from '../../src-shared/channels';
import { COMMAND_ARGUMENTS, type Answer, type CommandName } from '../../src-shared/contract';
import { StudioError, toFailure } from '../../src-shared/errors';
import { firstMessage } from '../../src-shared/settings/settings-schema';
import type { Commands } from './commands';
import { isAppPage } from './sender';

export interface PageVisits {
  /** Another number for each page that has loaded. */
  current(): number;
  /** Says why a command was refused if the page that has sent it is gone: an answer would reach nobody. */
  refuseLater(message: string): void;
}

/** @param page the contents of the one window; nobody else may send */
export function answerCommands(page: WebContents, commands: Commands, visits: PageVisits): void {
  ipcMain.handle(CHANNELS.command, async (event, name: unknown, args: unknown): Promise<Answer<unknown>> => {
    const asker = visits.current();
    try {
      if (event.sender !== page || !isAppPage(event.senderFrame, page)) {
        throw new StudioError('refused', 'This command was refused: it did not come from the app’s own page.');
      }
      return { ok: true, value: await runCommand(commands, name, args) };
    } catch (error) {
      if (!(error instanceof StudioError)) console.error(error);
      const failure = toFailure(error);
      if (asker !== visits.current()) visits.refuseLater(failure.message);
      return { ok: false, error: failure };
    }
  });
}

/** Throws refused for a name that does not exist, settings-refused for arguments that do not fit. */
export async function runCommand(commands: Commands, name: unknown, args: unknown): Promise<unknown> {
  if (typeof name !== 'string' || !Object.hasOwn(COMMAND_ARGUMENTS, name)) {
    throw new StudioError('refused', `There is no command named ${JSON.stringify(name)}.`);
  }
  const command = name as CommandName;
  const parsed = COMMAND_ARGUMENTS[command].safeParse(args);
  if (!parsed.success) throw new StudioError('settings-refused', firstMessage(parsed.error));
  return commands[command](parsed.data as never);
}
