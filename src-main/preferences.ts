// The few things that the app remembers from one start to the next, in one JSON file.
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { writeFileAtomically } from './atomic-write';

const preferencesSchema = z.object({ lastFolder: z.string().optional() });
export type PreferenceValues = z.infer<typeof preferencesSchema>;

export class Preferences {
  private values: PreferenceValues;

  /** A file that is missing or damaged counts as empty: nothing in it is worth an error at start. */
  constructor(private readonly file: string) {
    this.values = readPreferences(file);
  }

  get lastFolder(): string | undefined {
    return this.values.lastFolder;
  }

  async rememberFolder(lastFolder: string): Promise<void> {
    this.values = { ...this.values, lastFolder };
    await writeFileAtomically(this.file, `${JSON.stringify(this.values, undefined, 2)}\n`);
  }
}

function readPreferences(file: string): PreferenceValues {
  try {
    return preferencesSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}
