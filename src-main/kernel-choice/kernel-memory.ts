// Remembers which kernel build was the fastest, for each processor, V8 and version of the kernels. It is a cache: if
// the file cannot be read or written, the only cost is another trial.
import { mkdir, readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { kernelsVersion } from 'virtual:kernels-version';
import * as z from 'zod';
import { writeFileAtomically } from '../files/atomic-write';
import { retryWhileHeld } from '../files/file-retry';

/** The environment that an answer is valid for. */
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
  /** Number of consecutive trials without an answer. */
  unanswered: z.int().min(0),
});
const fileSchema = z.object({ format: z.literal(1), choices: z.array(z.unknown()) });

export type KernelEntry = z.infer<typeof entrySchema>;
export type Remembered = Pick<KernelEntry, 'simd' | 'unanswered'>;

/** Environments to remember: updates of the app change V8, and profiles are moved to other computers. */
const MOST_CHOICES = 20;

export function thisPlace(): KernelPlace {
  return {
    processor: `${process.arch} ${cpus()[0]?.model ?? 'unknown'}`,
    v8: process.versions.v8,
    kernels: kernelsVersion,
  };
}

export class KernelMemory {
  constructor(
    private readonly file: string,
    private readonly place: KernelPlace = thisPlace(),
  ) {}

  /** Never throws. */
  async recall(): Promise<Remembered | undefined> {
    const entries = (await this.read().catch(() => [])).map((entry) => entrySchema.safeParse(entry).data);
    return entries.find((entry) => entry !== undefined && this.isHere(entry));
  }

  /** Never throws. */
  async remember(choice: Remembered): Promise<void> {
    try {
      const others = (await this.read()).filter((entry) => !this.isHere(entry as Partial<KernelPlace> | null));
      const choices = [{ ...this.place, ...choice }, ...others].slice(0, MOST_CHOICES);
      await mkdir(dirname(this.file), { recursive: true });
      await writeFileAtomically(this.file, `${JSON.stringify({ format: 1, choices }, undefined, 2)}\n`);
    } catch (error) {
      console.error('The fastest kernels could not be remembered.', error);
    }
  }

  private isHere(entry: Partial<KernelPlace> | null): boolean {
    const { processor, v8, kernels } = entry ?? {};
    return processor === this.place.processor && v8 === this.place.v8 && kernels === this.place.kernels;
  }

  /**
   * Empty if there is no file, or a damaged one. Throws the system's error if it cannot be read, and an error for the
   * file of a newer version.
   */
  private async read(): Promise<unknown[]> {
    const text = await retryWhileHeld(() => readFile(this.file, 'utf8')).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    let stored: unknown;
    try {
      stored = JSON.parse(text);
    } catch {
      return [];
    }
    const format = (stored as { format?: unknown } | null)?.format;
    if (typeof format === 'number' && format > 1)
      throw new Error(`A newer version of the app wrote the file (format ${format}), so it is left alone.`);
    return fileSchema.safeParse(stored).data?.choices ?? [];
  }
}
