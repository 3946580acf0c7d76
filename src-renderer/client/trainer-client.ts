// The page's end of every wire: the only file that touches window.api and the trainer's MessagePort.
import { CHANNELS } from '../../src-shared/channels';
import type {
  Answer,
  CommandArguments,
  CommandName,
  CommandResults,
  Notice,
  TrainerEvent,
  WindowApi,
} from '../../src-shared/contract';
import { toFailure } from '../../src-shared/errors';

declare global {
  interface Window {
    api: WindowApi;
  }
}

export interface TrainerListeners {
  /** Those of one moment, in their order. */
  events(events: TrainerEvent[]): void;
  notice(notice: Notice): void;
}

/** Listens on whichever port came last: a restarted trainer comes with a new one. */
export function listenToTrainer(listeners: TrainerListeners): void {
  let current: MessagePort | undefined;
  window.addEventListener('message', (message: MessageEvent<unknown>) => {
    const port = message.ports[0];
    // The preload script posts it in this very window.
    if (message.source !== window || message.origin !== window.location.origin) return;
    if (message.data !== CHANNELS.trainerPort || !port) return;
    current?.close();
    current = port;
    port.onmessage = ({ data }: MessageEvent<TrainerEvent[]>) => {
      if (port === current) listeners.events(data);
    };
  });
  window.api.onNotice((notice) => listeners.notice(notice));
}

/** Never rejects: a fault on the way is an answer like any other. */
export async function send<K extends CommandName>(
  name: K,
  args: CommandArguments[K],
): Promise<Answer<CommandResults[K]>> {
  try {
    return await window.api.command(name, args);
  } catch (error) {
    return { ok: false, error: toFailure(error) };
  }
}

/** The path of what was dropped; empty when it is no file of this computer. */
export function droppedPath(transfer: DataTransfer | null): string {
  const file = transfer?.files[0];
  return file ? window.api.pathOf(file) : '';
}
