// What the app remembers from one start to the next, in one JSON file. A file that it cannot read is put aside, never overwritten.
import { readFileSync, renameSync } from 'node:fs';
import * as z from 'zod';
import { contrastSchema, themeSchema } from '../src-shared/appearance';
import { writeFileAtomically } from './atomic-write';

const RECENT_FOLDERS = 8;

/** Of the window when it is neither maximised nor full screen; device-independent pixels. */
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
  /** Of datasets, newest first. */
  recentFolders: z.array(z.string()).default([]),
  window: windowStateSchema.optional(),
  theme: themeSchema.default('system'),
  contrast: contrastSchema.default('system'),
  /** 1: as designed. */
  zoom: z.number().min(0.25).max(5).default(1),
  tourSeen: z.boolean().default(false),
  /** The folder chosen last, by kind of dialog; see last-folders.ts. */
  lastFolders: z.record(z.string(), z.string()).default({}),
});
export type PreferenceValues = z.infer<typeof preferencesSchema>;

export class Preferences {
  private values: PreferenceValues;
  /** Writes go one after the other, so that none overtakes another. */
  private queue: Promise<unknown> = Promise.resolve();
  /** What is to be said where the file could not be read; undefined where all is well. */
  readonly damage: string | undefined;

  constructor(private readonly file: string) {
    const { values, damage } = readPreferences(file);
    this.values = values;
    this.damage = damage;
  }

  get<K extends keyof PreferenceValues>(name: K): PreferenceValues[K] {
    return this.values[name];
  }

  /** Counts from now on, and is written at once. Throws the system's error; it then counts until the app ends. */
  async set(values: Partial<PreferenceValues>): Promise<void> {
    this.values = { ...this.values, ...values };
    const written = this.queue.then(() => writeFileAtomically(this.file, `${JSON.stringify(this.values, undefined, 2)}\n`));
    this.queue = written.catch(() => undefined);
    await written;
  }

  /** Once everything that was set is written, or has failed to be. */
  async settled(): Promise<void> {
    await this.queue;
  }

  async rememberFolder(folder: string): Promise<void> {
    const others = this.values.recentFolders.filter((known) => known !== folder);
    await this.set({ recentFolders: [folder, ...others].slice(0, RECENT_FOLDERS) });
  }
}

function readPreferences(file: string): { values: PreferenceValues; damage?: string } {
  const none = preferencesSchema.parse({});
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return { values: none }; // the first start
  }
  try {
    return { values: preferencesSchema.parse(JSON.parse(text)) };
  } catch {
    return { values: none, damage: setAside(file) };
  }
}

function setAside(file: string): string {
  const aside = file.replace(/\.json$/, '.damaged.json');
  const begins = 'What the app remembered (window, theme, recent folders) could not be read, and it starts as if new.';
  try {
    renameSync(file, aside);
    return `${begins} The damaged file is kept as ${aside}.`;
  } catch {
    return `${begins} The damaged file ${file} could not be kept aside, and will be replaced.`;
  }
}
