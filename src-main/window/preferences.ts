// What the app remembers from one start to the next, in one JSON file. A damaged file is renamed. A file that cannot be
// read or renamed is left alone, and preferences of this session are then kept in memory only.
import { readFileSync, renameSync } from 'node:fs';
import * as z from 'zod';
import { contrastSchema, themeSchema } from '../../src-shared/app/appearance';
import { writeFileAtomically } from '../files/atomic-write';
import { fileErrorReason } from '../files/file-errors';
import { retryWhileHeldSync, type Wait } from '../files/file-retry';
import { unfinishedWork } from '../files/unfinished-work';

const RECENT_FOLDERS = 8;

/** Bounds of the window when it is neither maximised nor full screen, in device-independent pixels. */
const windowStateSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  maximized: z.boolean(),
  fullScreen: z.boolean(),
});
export type WindowState = z.infer<typeof windowStateSchema>;

const preferencesSchema = z.object({
  /** Folders of datasets, newest first. */
  recentFolders: z.array(z.string()).default([]),
  window: windowStateSchema.optional(),
  theme: knownWordOr(themeSchema, 'system'),
  contrast: knownWordOr(contrastSchema, 'system'),
  /** 1: as designed. */
  zoom: z.number().min(0.25).max(5).default(1),
  tourSeen: z.boolean().default(false),
  /** The folder chosen last, by kind of dialog; see last-folders.ts. */
  lastFolders: z.record(z.string(), z.string()).default({}),
});
export type PreferenceValues = z.infer<typeof preferencesSchema>;

/** Reads a word of a later version as the default. It stays in the file until the person chooses another. */
function knownWordOr<T extends string>(schema: z.ZodType<T>, otherwise: T) {
  return z
    .string()
    .default(otherwise)
    .transform((word): T => schema.safeParse(word).data ?? otherwise);
}

export interface PreferencesOptions {
  /** Waits before a write is repeated. */
  wait?: Wait;
  /** Blocks before a read is repeated, because the first window needs the values. */
  block?: (milliseconds: number) => void;
}

export class Preferences {
  private values: PreferenceValues;
  /** The content for the file, with values that only other versions of the app know. */
  private stored: Record<string, unknown>;
  /** Writes run one after the other, so that none overtakes another. */
  private queue: Promise<unknown> = Promise.resolve();
  /** False if the file could be neither read nor renamed: it may hold a person's preferences, and is not replaced. */
  private readonly mayWrite: boolean;
  /** A sentence for the person if the file could not be read; undefined if all is well. */
  readonly damage: string | undefined;

  constructor(
    private readonly file: string,
    private readonly options: PreferencesOptions = {},
  ) {
    const { values, stored, damage, mayWrite = true } = readPreferences(file, options);
    this.values = values;
    this.stored = stored;
    this.damage = damage;
    this.mayWrite = mayWrite;
  }

  get<K extends keyof PreferenceValues>(name: K): PreferenceValues[K] {
    return this.values[name];
  }

  /**
   * Applies the values and writes them. Throws the system's error if they cannot be written; they then apply until the
   * app ends. Throws an error for invalid values.
   */
  async set(values: Partial<PreferenceValues>): Promise<void> {
    this.values = { ...this.values, ...values };
    const stored = { ...this.stored, ...values };
    preferencesSchema.parse(stored); // otherwise the next start could not read the file
    this.stored = stored;
    if (!this.mayWrite) return;
    const written = this.queue.then(() =>
      writeFileAtomically(this.file, `${JSON.stringify(this.stored, undefined, 2)}\n`, this.options.wait),
    );
    this.queue = written.catch(() => undefined);
    // A failure is not worth a dialog when the app quits.
    void unfinishedWork.during('what the app remembers, such as its theme', this.queue);
    await written;
  }

  /** Resolves once everything that was set is written, or could not be written. */
  async settled(): Promise<void> {
    await this.queue;
  }

  async rememberFolder(folder: string): Promise<void> {
    const others = this.values.recentFolders.filter((known) => known !== folder);
    await this.set({ recentFolders: [folder, ...others].slice(0, RECENT_FOLDERS) });
  }
}

interface Read {
  values: PreferenceValues;
  stored: Record<string, unknown>;
  damage?: string;
  mayWrite?: boolean;
}

function readPreferences(file: string, { block }: PreferencesOptions): Read {
  const none = preferencesSchema.parse({});
  /** A person who has a preferences file has seen the tour, even if the file cannot be read. */
  const values = { ...none, tourSeen: true };
  let text: string;
  try {
    text = retryWhileHeldSync(() => readFileSync(file, 'utf8'), block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { values: none, stored: {} }; // the first start
    return { values, stored: {}, mayWrite: false, damage: `${begins(fileErrorReason(error))} ${leftAlone(file)}` };
  }
  try {
    const stored: unknown = JSON.parse(text);
    return { values: preferencesSchema.parse(stored), stored: stored as Record<string, unknown> };
  } catch {
    return { values, stored: { tourSeen: true }, ...setAside(file, block) };
  }
}

function setAside(file: string, block: PreferencesOptions['block']): Omit<Read, 'values' | 'stored'> {
  const aside = file.replace(/\.json$/, '.damaged.json');
  const damaged = begins('the file is damaged');
  try {
    retryWhileHeldSync(() => renameSync(file, aside), block);
    return { damage: `${damaged} The damaged file is kept as ${aside}.` };
  } catch (error) {
    return {
      mayWrite: false,
      damage: `${damaged} It could not be renamed: ${fileErrorReason(error)}. ${leftAlone(file)}`,
    };
  }
}

function begins(reason: string): string {
  return (
    'What the app remembered (window, theme, recent folders) could not be read, and it starts with its defaults: ' +
    `${reason}.`
  );
}

function leftAlone(file: string): string {
  return (
    `${file} stays as it is, and what you set now lasts until the app is closed. To have it remembered, close ` +
    'the other program or correct the file’s permissions, and start the app again.'
  );
}
