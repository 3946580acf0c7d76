// The numbers of runs: given in order of creation, kept in numbers.json beside the runs' folders, and never given
// twice. New runs have theirs in run.json too, so that a lost numbers.json can be made again.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { runIdSchema, SET_ASIDE_NAME, type RunId } from '../../../src-shared/runs/runs';
import { writeFileAtomically } from '../../files/atomic-write';
import { isAbsent, READ_DELAYS, retryWhileHeld, type Wait } from '../../files/file-retry';
import { parseObject, runNumberSchema, type RunJson } from '../run-json';
import { timeOfId } from './run-id';

const FILE = 'numbers.json';
const FORMAT = 1;

const fileSchema = z.object({ next: runNumberSchema, numbers: z.record(runIdSchema, runNumberSchema) });

/** A run, and the number that its run.json has. */
type Numbered = Pick<RunJson, 'id' | 'created' | 'number'>;

/** Files of runs that are read at the same time. */
const READ_AT_ONCE = 50;

export class RunNumbers {
  private readonly numbers = new Map<RunId, number>();
  private readonly taken = new Set<number>();
  private above = 1;
  /** False if the file may hold more than was understood: a newer version wrote it, or it cannot be read now. */
  private writable = true;

  /** @param folder of all runs */
  constructor(
    private readonly folder: string,
    private readonly wait: Wait | undefined,
  ) {}

  /** The number of the run that begins next. */
  get next(): number {
    return this.above;
  }

  /** Reads the file, and numbers the runs that it does not have. Deleted ones count, so that no number returns. */
  async load(): Promise<void> {
    const isWhole = await this.read();
    const unknown = (await this.places()).filter(({ id }) => !this.numbers.has(id));
    const runs: Numbered[] = [];
    for (let k = 0; k < unknown.length; k += READ_AT_ONCE)
      runs.push(...(await Promise.all(unknown.slice(k, k + READ_AT_ONCE).map(numberedAt))));
    await this.add(runs, isWhole);
  }

  /** The number of a run. One that is not known yet gets that of its run.json, or the next one. */
  async of(run: Numbered): Promise<number> {
    if (!this.numbers.has(run.id)) await this.add([run], true);
    return this.numbers.get(run.id)!;
  }

  /** @param isWhole whether all numbers that were ever given are known; if not, the gaps are those of these runs */
  private async add(runs: readonly Numbered[], isWhole: boolean): Promise<void> {
    const waiting = [...runs]
      .sort((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1))
      .filter(({ id, number }) => number === undefined || !this.give(id, number));
    let free = isWhole ? this.above : 1;
    for (const { id } of waiting) while (!this.give(id, free)) free++;
    if (runs.length > 0) await this.write();
  }

  /** @returns false if another run has this number */
  private give(id: RunId, number: number): boolean {
    if (this.taken.has(number)) return false;
    this.numbers.set(id, number);
    this.taken.add(number);
    this.above = Math.max(this.above, number + 1);
    return true;
  }

  /** @returns false if the file is missing or damaged */
  private async read(): Promise<boolean> {
    let text: string;
    try {
      text = await retryWhileHeld(() => readFile(join(this.folder, FILE), 'utf8'), this.wait, READ_DELAYS);
    } catch (error) {
      this.writable = isAbsent(error);
      return false;
    }
    const raw = parseObject(text);
    if (raw?.['format'] !== undefined && raw['format'] !== FORMAT) this.writable = false;
    const { data } = fileSchema.safeParse(raw);
    if (!data) return false;
    for (const [id, number] of Object.entries(data.numbers)) this.give(id, number);
    this.above = Math.max(this.above, data.next);
    return true;
  }

  /** A failure does no harm: the same numbers are found again at the next start, and written with the next one. */
  private async write(): Promise<void> {
    if (!this.writable) return;
    const file = { format: FORMAT, next: this.above, numbers: Object.fromEntries(this.numbers) };
    await writeFileAtomically(join(this.folder, FILE), `${JSON.stringify(file, undefined, 2)}\n`, this.wait).catch(
      console.error,
    );
  }

  /** The folders of all runs, also of those that are not listed. */
  private async places(): Promise<Place[]> {
    const [runs, deleted, setAside] = await Promise.all(
      ['', 'deleted', 'set-aside'].map(async (name) => {
        const folder = join(this.folder, name);
        return (await readdir(folder).catch(() => [])).map((one) => ({ name: one, path: join(folder, one) }));
      }),
    );
    return [
      ...[...runs!, ...deleted!].map(({ name: id, path }) => ({ id, path })),
      ...setAside!
        .filter(({ name }) => SET_ASIDE_NAME.test(name))
        .map(({ name, path }) => ({ id: name.slice(0, name.lastIndexOf('-')), path })),
    ].filter(({ id }) => runIdSchema.safeParse(id).success);
  }
}

interface Place {
  id: RunId;
  path: string;
}

/** What run.json says, if it can be read: a damaged run keeps its place in the order, by its id. */
async function numberedAt({ id, path }: Place): Promise<Numbered> {
  const raw = parseObject(await readFile(join(path, 'run.json'), 'utf8').catch(() => ''));
  const { created } = z.object({ created: z.number() }).safeParse(raw).data ?? {};
  return {
    id,
    created: created ?? timeOfId(id),
    number: runNumberSchema.safeParse(raw?.['number']).data,
  };
}
