// The folder in which each kind of dialog begins: the one that was chosen last, at this start of the app or an earlier
// one. The system's dialogs do not remember it themselves.
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Preferences } from './preferences';

/**
 * Dialogs of one kind share a folder. Networks: opened and exported. Results: pictures, drawings, tables and reports.
 */
export type DialogKind = 'datasets' | 'networks' | 'settings' | 'results';

export class LastFolders {
  constructor(
    private readonly preferences: Pick<Preferences, 'get' | 'set'>,
    /** Used if there is nothing better. */
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
 * A folder, or the nearest one above it that exists.
 * @returns undefined if that would be the top of the disk, unless that was meant
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
