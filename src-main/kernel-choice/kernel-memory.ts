// Remembers which build of the kernels was found to be the fastest, for each processor, V8 and version of the kernels, so that it is
// found out once. A cache: a file that cannot be read or written costs a second trial, and nothing else.
import { mkdir, readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { kernelsVersion } from 'virtual:kernels-version';
import * as z from 'zod';
import { writeFileAtomically } from '../atomic-write';
import { retryWhileHeld } from '../file-retry';

/** What an answer holds for. */
export interface KernelPlace {
  processor: string;
  v8: string;
  kernels: string;
}

const entrySchema = z.object({
  processor: z.string(),
  v8: z.string(),
  kernels: z.string(),
  simd: z.enum(['plain', 'relaxed', 'wide']),
  /** How many trials in a row have ended without an answer. */
  unanswered: z.int().min(0),
});
const fileSchema = z.object({ format: z.literal(1), choices: z.array(entrySchema) });

export type KernelEntry = z.infer<typeof entrySchema>;
export type Remembered = Pick<KernelEntry, 'simd' | 'unanswered'>;

/** Processors and versions of V8 that are kept: a person updates the app, and takes a profile to another computer. */
const MOST_CHOICES = 20;

export function thisPlace(): KernelPlace {
  return { processor: `${process.arch} ${cpus()[0]?.model ?? 'unknown'}`, v8: process.versions.v8, kernels: kernelsVersion };
}

export class KernelMemory {
  constructor(
    private readonly file: string,
    private readonly place: KernelPlace = thisPlace(),
  ) {}

  /** Never throws. */
  async recall(): Promise<Remembered | undefined> {
    return (await this.read().catch(() => [])).find((entry) => this.isHere(entry));
  }

  /** Never throws. */
  async remember(choice: Remembered): Promise<void> {
    try {
      const others = (await this.read()).filter((entry) => !this.isHere(entry));
      const choices = [{ ...this.place, ...choice }, ...others].slice(0, MOST_CHOICES);
      await mkdir(dirname(this.file), { recursive: true });
      await writeFileAtomically(this.file, `${JSON.stringify({ format: 1, choices }, undefined, 2)}\n`);
    } catch (error) {
      console.error('Which kernels are fastest could not be remembered.', error);
    }
  }

  private isHere({ processor, v8, kernels }: KernelPlace): boolean {
    return processor === this.place.processor && v8 === this.place.v8 && kernels === this.place.kernels;
  }

  /** None if there is no file, or a damaged one. Throws the system's error if it cannot be read. */
  private async read(): Promise<KernelEntry[]> {
    const text = await retryWhileHeld(() => readFile(this.file, 'utf8')).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    try {
      return fileSchema.parse(JSON.parse(text)).choices;
    } catch {
      return [];
    }
  }
}
