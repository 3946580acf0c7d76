// The page's end of every channel: the only file that touches window.api and the trainer's MessagePort.
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
  /** Events that arrived together, in order. */
  events(events: TrainerEvent[]): void;
  notice(notice: Notice): void;
}

/** Listens on the latest port: a restarted trainer brings a new one. */
export function listenToTrainer(listeners: TrainerListeners): void {
  let current: MessagePort | undefined;
  window.addEventListener('message', (message: MessageEvent<unknown>) => {
    const port = message.ports[0];
    // The preload script posts the port to its own window.
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

/** Never rejects: a fault in transit becomes an answer with an error. */
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

/** The path of a dropped file or folder; empty if it is not on this computer. */
export function droppedPath(transfer: DataTransfer | null): string {
  const file = transfer?.files[0];
  return file ? window.api.pathOf(file) : '';
}
