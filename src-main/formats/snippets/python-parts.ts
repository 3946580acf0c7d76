// How the Python programs read NumPy arrays, tables, pictures, and IDX files in archives.
import type { PartsTestSource, TestPart } from '../../../src-shared/data/test-source';
import { IDX_ARRAY } from './python-idx';
import type { PythonLoader } from './python-loader';
import { pythonText } from './python-text';

export function readParts({ images, labels, words }: PartsTestSource): PythonLoader {
  if (images.format === 'png') return readPictures(images, words !== undefined);
  const parts = [readPart(images, 'images', false), readPart(labels, 'labels', words !== undefined)] as const;
  const functions = [images, labels].some(({ format }) => format === 'idx') ? UNPACKED : '';
  const modules = parts.flatMap((part) => part.modules);
  // A table with both images and labels is read once.
  const isTable =
    images.format === 'csv' && labels.format === 'csv' && images.file === labels.file && images.entry === labels.entry;
  if (!isTable) return { modules, libraries: [], functions, images: parts[0].expression, labels: parts[1].expression };
  const table = `table = ${loadTable(images, words !== undefined)}\n`;
  return {
    modules,
    libraries: [],
    functions: '',
    before: table,
    images: pixelColumns(images, 'table'),
    labels: labelColumn(labels, 'table'),
  };
}

interface PartLoader {
  modules: string[];
  expression: string;
}

function readPart(part: TestPart, content: 'images' | 'labels', hasWords: boolean): PartLoader {
  const { format, file, entry } = part;
  const modules =
    entry === undefined
      ? format !== 'csv' && file.endsWith('.gz')
        ? ['gzip']
        : []
      : isTar(file)
        ? ['tarfile']
        : ['zipfile'];
  if (format === 'npy')
    return { modules: entry !== undefined && !isTar(file) ? [] : modules, expression: loadArray(part) };
  if (format === 'idx')
    return { modules: [...modules, 'gzip'], expression: `idx_array(unpacked(${opened(part)}.read()))` };
  const table = loadTable(part, content === 'labels' && hasWords);
  return { modules, expression: content === 'images' ? pixelColumns(part, table) : labelColumn(part, table) };
}

const UNPACKED = `def unpacked(data):
    return gzip.decompress(data) if data[:2] == b"\\x1f\\x8b" else data

${IDX_ARRAY}`;

const isTar = (file: string) => /\.(?:tar|tgz|tar\.gz)$/i.test(file);
const pathOf = (file: string) => `folder / ${pythonText(file)}`;

/** An expression for the open binary file. */
function opened({ file, entry, member = entry }: TestPart): string {
  if (entry === undefined) return `${file.endsWith('.gz') ? 'gzip.' : ''}open(${pathOf(file)}, "rb")`;
  return isTar(file)
    ? `tarfile.open(${pathOf(file)}).extractfile(${pythonText(member!)})`
    : `zipfile.ZipFile(${pathOf(file)}).open(${pythonText(member!)})`;
}

/** NumPy opens archives of arrays itself. */
function loadArray(part: TestPart): string {
  const { file, entry } = part;
  if (entry !== undefined && !isTar(file))
    return `np.load(${pathOf(file)})[${pythonText(entry.replace(/\.npy$/, ''))}]`;
  return `np.load(${entry === undefined && !file.endsWith('.gz') ? pathOf(file) : opened(part)})`;
}

function loadTable(part: TestPart, hasWords: boolean): string {
  const { separator, hasHeader } = part.table ?? { separator: ',', hasHeader: false };
  const options = [
    `delimiter=${pythonText(separator)}`,
    ...(hasHeader ? ['skiprows=1'] : []),
    'ndmin=2',
    "quotechar='\"'",
    'encoding="utf-8-sig"',
    ...(hasWords ? ['dtype=str'] : []),
  ];
  return `np.loadtxt(${part.entry === undefined ? pathOf(part.file) : opened(part)}, ${options.join(', ')})`;
}

function pixelColumns({ table }: TestPart, array: string): string {
  const others = [...(table?.label === undefined ? [] : [table.label]), ...(table?.others ?? [])].sort((a, b) => a - b);
  return others.length === 0 ? array : `np.delete(${array}, [${others.join(', ')}], axis=1)`;
}

function labelColumn({ table }: TestPart, array: string): string {
  return `${array}[:, ${table?.label ?? 0}]`;
}

/** In the app's order, which matters if some are held out. */
function readPictures({ file, entry }: TestPart, hasWords: boolean): PythonLoader {
  const label = hasWords ? 'path.parent.name' : 'int(path.parent.name)';
  const labels = `np.array([${label} for path in paths])`;
  const gray = (path: string) => `np.array([np.array(PIL.Image.open(${path}).convert("L")) for path in paths])`;
  const libraries = ['import PIL.Image  # Pillow'];
  if (entry === undefined) {
    const condition = 'path.suffix.lower() == ".png" and not path.name.startswith(".")';
    const before = `paths = [path for path in (${pathOf(file)}).glob("*/*") if ${condition}]
paths.sort(key=lambda path: (natural(path.parent.name), natural(path.name)))
`;
    return { modules: ['re'], libraries, functions: NATURAL, before, images: gray('path'), labels };
  }
  const isTarFile = isTar(file);
  const parent = `pathlib.PurePosixPath(${pythonText(entry)})`;
  const before = `archive = ${isTarFile ? 'tarfile.open' : 'zipfile.ZipFile'}(${pathOf(file)})
members = {pathlib.PurePosixPath(name): name for name in archive.${isTarFile ? 'getnames' : 'namelist'}()}
paths = [path for path in members if path.suffix.lower() == ".png" and path.parent.parent == ${parent}]
`;
  const open = isTarFile ? 'archive.extractfile(members[path])' : 'archive.open(members[path])';
  return { modules: [isTarFile ? 'tarfile' : 'zipfile'], libraries, functions: '', before, images: gray(open), labels };
}

const NATURAL = `def natural(name):
    """By the numbers in a name: 2 comes before 10."""
    return [int(part) if part.isdigit() else part.lower() for part in re.split(r"(\\d+)", name)]
`;
