// Remembers the last folder of each kind of dialog, also across starts of the app, because the system's dialogs do not.
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Preferences } from './preferences';

/** Dialogs of one kind share a folder. Networks are opened and exported; results are pictures, tables and reports. */
export type DialogKind = 'datasets' | 'networks' | 'settings' | 'results';

export class LastFolders {
  constructor(
    private readonly preferences: Pick<Preferences, 'get' | 'set'>,
    /** Folder to begin with if none is remembered or it is gone. */
    private readonly documents: string,
  ) {}

  async of(kind: DialogKind): Promise<string> {
    const last = this.preferences.get('lastFolders')[kind];
    return last === undefined ? this.documents : ((await nearestFolder(last)) ?? this.documents);
  }

  remember(kind: DialogKind, folder: string): void {
    const lastFolders = this.preferences.get('lastFolders');
    if (lastFolders[kind] !== folder)
      this.preferences.set({ lastFolders: { ...lastFolders, [kind]: folder } }).catch(console.error);
  }
}

/**
 * The folder, or else the nearest parent that exists.
 * @returns undefined if only the root of the disk exists, unless that was wanted
 */
export async function nearestFolder(wanted: string): Promise<string | undefined> {
  for (let folder = wanted; ; folder = dirname(folder)) {
    const isTop = dirname(folder) === folder;
    if (isTop && folder !== wanted) return undefined;
    const exists = await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (exists) return folder;
    if (isTop) return undefined;
  }
}
