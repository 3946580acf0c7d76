// The only file with ipcMain. It accepts commands from the app's own page only, validates their arguments, and answers
// with a value or a failure.
import { ipcMain, type WebContents } from 'electron';
import { CHANNELS } from '../../src-shared/channels';
import { COMMAND_ARGUMENTS, type Answer, type CommandName } from '../../src-shared/contract';
import { StudioError, toFailure } from '../../src-shared/errors';
import { firstMessage } from '../../src-shared/settings/settings-schema';
import type { Commands } from './commands';
import { isAppPage } from './sender';

export interface PageVisits {
  /** A different number for each page that has loaded. */
  current(): number;
  /** Reports a failure to the next page if the page that sent the command is gone and cannot get the answer. */
  refuseLater(message: string): void;
}

/** @param page contents of the only window; commands from anywhere else are refused */
export function answerCommands(page: WebContents, commands: Commands, visits: PageVisits): void {
  ipcMain.handle(CHANNELS.command, async (event, name: unknown, args: unknown): Promise<Answer<unknown>> => {
    const sender = visits.current();
    try {
      if (event.sender !== page || !isAppPage(event.senderFrame, page)) {
        throw new StudioError('refused', 'This command was refused: it did not come from the app’s own page.');
      }
      return { ok: true, value: await runCommand(commands, name, args) };
    } catch (error) {
      if (!(error instanceof StudioError)) console.error(error);
      const failure = toFailure(error);
      if (sender !== visits.current()) visits.refuseLater(failure.message);
      return { ok: false, error: failure };
    }
  });
}

/** Throws refused for an unknown name, and settings-refused for invalid arguments. */
export async function runCommand(commands: Commands, name: unknown, args: unknown): Promise<unknown> {
  if (typeof name !== 'string' || !Object.hasOwn(COMMAND_ARGUMENTS, name)) {
    throw new StudioError('refused', `There is no command named ${JSON.stringify(name)}.`);
  }
  const command = name as CommandName;
  const parsed = COMMAND_ARGUMENTS[command].safeParse(args);
  if (!parsed.success) throw new StudioError('settings-refused', firstMessage(parsed.error));
  return commands[command](parsed.data as never);
}
