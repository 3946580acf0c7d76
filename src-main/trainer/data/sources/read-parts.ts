// Reads the files of a dataset that are not IDX files on the disk: NumPy arrays, tables, pictures, and files in
// archives.
import { basename } from 'node:path';
import { archiveItems, diskChunks } from '../../../files/archive/archive';
import { gunzipped } from '../../../files/archive/gunzipped';
import { isSystemFolder } from '../../../files/system-folders';
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
  /** The files on the disk, each once. */
  files: { name: string; bytes: number }[];
  parts: Partial<Record<SplitFile, PartContent>>;
}

/** A part to read, and the splits that it is for. Tables and pictures serve both images and labels. */
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

/** Reads in one pass, because a compressed tar archive has no directory. */
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
        await readPicture(`${name} in ${archive}`, bytes, content()),
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

/** @param file size after unpacking from the archive; it may itself be a gzip file */
async function readPart(
  { part, splits }: Job,
  file: { name: string; bytes: number },
  chunks: AsyncIterable<Uint8Array>,
): Promise<PartContent> {
  const { name } = file;
  let isGzip = false;
  const unpacked = gunzipped(chunks, name, () => (isGzip = true));
  // The size of a gzip file is unknown until it is unpacked.
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
    for await (const chunk of all) sink.take(chunk);
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

async function readPicture(name: string, bytes: number, content: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  if (bytes > LARGEST_PICTURE)
    throw new StudioError('too-large', `${name} has ${bytes} bytes: expected a small picture. Please remove it.`);
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

/** “x_train” for x_train.npy. */
function shortName(name: string): string {
  return name.replace(/\.npy$/, '');
}
