// Reads the files of a dataset that are no IDX files on the disk: arrays of NumPy, tables, pictures, and whatever lies
// in an archive. All become what an IDX file would hold, so that the same images have the same hash.
import { basename } from 'node:path';
import { archiveItems, diskChunks } from '../../../files/archive/archive';
import { gunzipped } from '../../../files/archive/gunzipped';
import { isSystemFolder } from '../../../datasets/folder/system-folders';
import { SPLIT_FILES, type Collection, type DataPart, type SplitFile } from '../../../../src-shared/data/dataset';
import { StudioError } from '../../../../src-shared/errors';
import { fileErrorReason } from '../../../files/file-errors';
import { IdxSink } from '../idx/idx';
import type { Content } from '../idx/idx-header';
import { findFile, type IdxFile } from '../idx/read-idx';
import { readCsv, type CsvTable } from './read-csv';
import { readNpy } from './read-npy';
import type { NumberArray } from './number-array';
import { readPictureFolders } from './picture-folders';
import { LARGEST_PICTURE, PictureGatherer, type PictureSet } from './picture-set';

export type PartContent =
  | { kind: 'idx'; file: IdxFile }
  | { kind: 'array'; array: NumberArray }
  | { kind: 'table'; table: CsvTable }
  | { kind: 'pictures'; set: PictureSet };

export interface ReadParts {
  /** What is on the disk, each once. */
  files: { name: string; bytes: number }[];
  parts: Partial<Record<SplitFile, PartContent>>;
}

/** The splits that one part is read for: both of a set, if a table or pictures. */
interface Job {
  part: DataPart;
  splits: SplitFile[];
}

/** Throws file-unreadable, file-truncated, not-idx, too-large, sizes-differ, file-missing. */
export async function readParts(collection: Collection, onProgress: (done: number) => void): Promise<ReadParts> {
  const jobs = jobsOf(collection);
  const files = [...new Set(jobs.map(({ part }) => part.file))];
  const result: ReadParts = { files: [], parts: {} };
  for (const [k, file] of files.entries()) {
    const name = basename(file);
    const ofFile = jobs.filter(({ part }) => part.file === file);
    try {
      const report = (share: number) => onProgress((k + Math.min(1, share)) / files.length);
      const { contents, bytes } = await readFileOf(file, ofFile, report);
      result.files.push({ name, bytes });
      for (const [job, content] of contents) for (const split of job.splits) result.parts[split] = content;
    } catch (error) {
      if (error instanceof StudioError) throw error;
      throw new StudioError(
        'file-unreadable',
        `${name} cannot be read: ${fileErrorReason(error)}. Please check the file, or choose another folder.`,
      );
    }
  }
  return result;
}

function jobsOf({ parts = {} }: Collection): Job[] {
  const jobs = new Map<string, Job>();
  for (const split of SPLIT_FILES) {
    const part = parts[split];
    if (!part) continue;
    const isShared = part.format === 'csv' || part.format === 'png';
    const key = JSON.stringify([part.file, part.entry, isShared ? '' : split]);
    const job = jobs.get(key);
    if (job) job.splits.push(split);
    else jobs.set(key, { part, splits: [split] });
  }
  return [...jobs.values()];
}

type Contents = Map<Job, PartContent>;

async function readFileOf(
  path: string,
  jobs: Job[],
  report: (share: number) => void,
): Promise<{ contents: Contents; bytes: number }> {
  const [first] = jobs as [Job];
  if (first.part.entry === undefined && first.part.format === 'png') {
    const { set, bytes } = await readPictureFolders(path, report);
    return { contents: new Map([[first, { kind: 'pictures', set }]]), bytes };
  }
  const { bytes, name } = await findFile(path);
  let done = 0;
  const onRead = (read: number) => report((done += read) / bytes);
  if (first.part.entry !== undefined) return { contents: await readArchive(path, jobs, onRead), bytes };
  const content = await readPart(first, { name, bytes }, diskChunks(path, onRead));
  return { contents: new Map([[first, content]]), bytes };
}

/** In one pass, since a compressed tar archive has no directory. */
async function readArchive(path: string, jobs: Job[], onRead: (bytes: number) => void): Promise<Contents> {
  const archive = basename(path);
  const contents: Contents = new Map();
  const pictures = jobs
    .filter(({ part }) => part.format === 'png')
    .map((job) => ({ job, gatherer: new PictureGatherer() }));
  for await (const { name, bytes, content } of archiveItems(path, onRead)) {
    const job = jobs.find(({ part }) => part.format !== 'png' && part.entry === name);
    if (job && !contents.has(job))
      contents.set(job, await readPart(job, { name: `${shortName(name)} in ${archive}`, bytes }, content()));
    const ofFolder = pictures.find(({ job: { part } }) => isPictureOf(part.entry!, name));
    if (ofFolder)
      ofFolder.gatherer.add(
        `${name} in ${archive}`,
        name.split('/').at(-2)!,
        await smallFile(`${name} in ${archive}`, bytes, content()),
      );
  }
  for (const { job, gatherer } of pictures) contents.set(job, { kind: 'pictures', set: gatherer.end(archive) });
  const missing = jobs.find((job) => !contents.has(job));
  if (missing)
    throw new StudioError(
      'file-missing',
      `${archive} no longer holds ${missing.part.entry}. Please open the folder again.`,
    );
  return contents;
}

/** @param file of these bytes, unpacked as far as its archive is concerned; it may be a gzip file. */
async function readPart(
  { part, splits }: Job,
  file: { name: string; bytes: number },
  portions: AsyncIterable<Uint8Array>,
): Promise<PartContent> {
  const { name } = file;
  let isGzip = false;
  const unpacked = gunzipped(portions, name, () => (isGzip = true));
  // The size is only known of what is not packed.
  const first = await unpacked.next();
  const bytes = isGzip ? Infinity : file.bytes;
  const all = (async function* () {
    if (!first.done) yield first.value;
    yield* unpacked;
  })();
  try {
    if (part.format === 'npy') return { kind: 'array', array: await readNpy(name, bytes, all) };
    if (part.format === 'csv') return { kind: 'table', table: await readCsv(name, bytes, all) };
    const content: Content = splits[0]!.endsWith('Images') ? 'images' : 'labels';
    const sink = new IdxSink({ name, bytes: file.bytes, gzip: isGzip }, content);
    for await (const portion of all) sink.take(portion);
    return { kind: 'idx', file: { name, packedHash: '', ...sink.end(true) } };
  } finally {
    await unpacked.return(undefined);
  }
}

function isPictureOf(root: string, name: string): boolean {
  const parts = name.split('/');
  return (
    /\.png$/i.test(name) &&
    !parts.at(-1)!.startsWith('.') &&
    !parts.some(isSystemFolder) &&
    parts.slice(0, -2).join('/') === root
  );
}

async function smallFile(name: string, bytes: number, content: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  if (bytes > LARGEST_PICTURE)
    throw new StudioError('too-large', `${name} has ${bytes} bytes: expected a small picture. Please remove it.`);
  const portions: Uint8Array[] = [];
  for await (const portion of content) portions.push(portion);
  return portions.length === 1 ? portions[0]! : Buffer.concat(portions);
}

/** “x_train” of x_train.npy. */
function shortName(name: string): string {
  return name.replace(/\.npy$/, '');
}
