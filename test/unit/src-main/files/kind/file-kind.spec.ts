import { deflateRawSync, deflateSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { adviceFor } from '../../../../../src-main/files/kind/advice';
import { fileKind, inspectBytes } from '../../../../../src-main/files/kind/file-kind';
import type { FileKindId } from '../../../../../src-main/files/kind/kinds';
import { gzip, idxBytes, labelsInTurn } from '../../../../fixtures/idx';

const text = (content: string) => new Uint8Array(Buffer.from(content, 'utf8'));
const latin1 = (content: string) => new Uint8Array(Buffer.from(content, 'latin1'));
const padded = (...bytes: number[]) => Uint8Array.of(...bytes, ...new Uint8Array(40).fill(7));
const zip = (...names: string[]) => zipSync(Object.fromEntries(names.map((name) => [name, Uint8Array.of(1)])));
const kindOf = (bytes: Uint8Array, name = 'file') => fileKind(inspectBytes(name, bytes));

const labels = idxBytes([60], labelsInTurn(60));
const images = idxBytes(
  [6, 5, 5],
  Uint8Array.from({ length: 150 }, (_, k) => (k * 7) % 256),
);
const reversed = (bytes: Uint8Array) => Uint8Array.of(...[...bytes.subarray(0, 4)].reverse(), ...bytes.subarray(4));
const littleEndianCount = Uint8Array.of(...labels.subarray(0, 4), 60, 0, 0, 0, ...labels.subarray(8));
const withLineFeeds = idxBytes([60], new Uint8Array(60).fill(10));
const inText = idxBytes([60], new Uint8Array(60).fill(200));
const asText = (bytes: Uint8Array) => latin1(Buffer.from(bytes).toString('latin1').replace(/\n/g, '\r\n'));
const asUtf8 = (bytes: Uint8Array) => text(Buffer.from(bytes).toString('latin1'));

function oldTar(): Uint8Array {
  const header = Buffer.alloc(512);
  header.write('train-labels-idx1-ubyte');
  header.fill(' ', 148, 156);
  header.write(header.reduce((sum, byte) => sum + byte, 0).toString(8), 148);
  return new Uint8Array(header);
}

function posixTar(): Uint8Array {
  const header = Buffer.alloc(512);
  header.write('a');
  header.write('ustar', 257);
  return new Uint8Array(header);
}

const LFS = 'version https://git-lfs.github.com/spec/v1\noid sha256:440f\nsize 9912422\n';
const PLIST =
  '<?xml version="1.0"?><plist version="1.0"><dict><key>URL</key><string>https://a.org</string></dict></plist>';

/** Files as programs and servers make them, and what each is. */
const FILES: [what: string, id: FileKindId, bytes: Uint8Array][] = [
  ['an empty file', 'empty', new Uint8Array()],
  ['a file of 1,000 zero bytes', 'zeros', new Uint8Array(1000)],
  [
    'a web page (“403 Forbidden”)',
    'web-page',
    text('<!DOCTYPE html>\n<html><head><title>403\n Forbidden</title></head></html>'),
  ],
  ['a web page (“404 Not Found”)', 'web-page', text('\ufeff\n\n <html>\n<head><TITLE>404 Not Found</TITLE>')],
  ['a web page', 'web-page', text('<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>')],
  [
    'an error message of a server (“AccessDenied”)',
    'server-message',
    text("<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>"),
  ],
  ['an error message of a server (“Not Found”)', 'server-message', text('{"message":"Not Found"}')],
  ['an error message of a server (“404: Not Found”)', 'server-message', text('404: Not Found')],
  ['an error message of a server (“Repository not found.”)', 'server-message', text('Repository not found.\nfatal\n')],
  ['a pointer of Git LFS, not the file itself', 'lfs-pointer', text(LFS)],
  ['a shortcut to another place', 'shortcut', text('[InternetShortcut]\r\nURL=https://a.org')],
  ['a shortcut to another place', 'shortcut', text(PLIST)],
  ['a shortcut to another file', 'shortcut', padded(0x4c, 0, 0, 0, 1, 0x14, 2, 0)],
  ['a file in which Windows keeps notes', 'system-notes', text('[ZoneTransfer]\nZoneId=3\n')],
  ['a file in which a Mac keeps its notes on another file', 'mac-notes', padded(0, 5, 0x16, 7, 0, 2, 0, 0)],
  ['settings of this app', 'settings', text('{\n  "hidden": [64],\n  "learningRate": 0.1\n}')],
  ['the description of a run of this app', 'run', text('{\n "format": 1,\n "name": "a",\n "settings": {}}')],
  ['a network that this app exported', 'network-json', text('{\n  "format": "mnist-studio-network"}')],
  ['a JSON file', 'json', text('[1, 2, 3]')],
  ['an XML file', 'xml', text('<?xml version="1.0"?><data/>')],
  ['a table in text (CSV)', 'csv', text('label,1x1,1x2\r\n5,0,0\r\n7,0,0\r\n')],
  ['a table in text (CSV)', 'csv', new Uint8Array(Buffer.from('\ufefflabel;a\n5;1\n', 'utf16le'))],
  ['a text in base64', 'base64', text(Buffer.from(images).toString('base64'))],
  ['a text', 'text', text('zero\none\ntwo\n')],
  ['a bzip2 file', 'packed', latin1('BZh91AY&SY')],
  ['an xz file', 'packed', padded(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0)],
  ['a Zstandard file', 'packed', padded(0x28, 0xb5, 0x2f, 0xfd)],
  ['a 7-Zip archive', 'packed', padded(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c)],
  ['a RAR archive', 'packed', latin1('Rar!\x1a\x07\x01')],
  ['a tar archive', 'tar', posixTar()],
  ['a tar archive', 'tar', oldTar()],
  ['a gzip file that holds a tar archive', 'gzip', gzip(posixTar())],
  ['a gzip file that holds a web page (“Login”)', 'gzip', gzip(text('<html><title>Login</title>'))],
  ['a gzip file that holds an empty file', 'gzip', gzip(new Uint8Array())],
  ['a gzip file that is cut off', 'gzip', gzip(images).subarray(0, 12)],
  ['a gzip file that is damaged', 'gzip', padded(0x1f, 0x8b, 99)],
  ['a file that was compressed with gzip twice', 'double-gzip', gzip(gzip(labels))],
  ['a file compressed with zlib that holds an IDX file of labels', 'zlib', new Uint8Array(deflateSync(labels))],
  ['a deflated file without a header', 'deflate', new Uint8Array(deflateRawSync(labels))],
  ['a ZIP archive (with “train-images-idx3-ubyte”)', 'zip', zip('train-images-idx3-ubyte')],
  ['an archive of NumPy arrays (.npz)', 'npz', zip('x_train.npy', 'y_train.npy')],
  ['a file of PyTorch (torch.save)', 'torch', zip('archive/data.pkl', 'archive/data/0')],
  ['a Keras model', 'keras', zip('metadata.json', 'config.json', 'model.weights.h5')],
  ['a document of an office program', 'workbook', zip('[Content_Types].xml', 'xl/workbook.xml')],
  ['an IDX file of labels', 'idx', labels],
  ['an IDX file of images', 'idx', images],
  ['an IDX file of images', 'idx', images.subarray(0, 100)],
  ['an IDX file with little-endian numbers', 'little-endian-idx', reversed(images)],
  ['an IDX file with little-endian numbers', 'little-endian-idx', littleEndianCount],
  [
    'an IDX file that was changed as if it were text (a byte order mark was put before it)',
    'changed-idx',
    Uint8Array.of(0xef, 0xbb, 0xbf, ...labels),
  ],
  [
    'an IDX file that was changed as if it were text (a carriage return was put before each line feed)',
    'changed-idx',
    asText(withLineFeeds),
  ],
  ['an IDX file that was changed as if it were text (its bytes were written as UTF-8)', 'changed-idx', asUtf8(inText)],
  [
    'a NumPy array (.npy) of the shape [5, 28, 28]',
    'npy',
    latin1("\x93NUMPY\x01\0v\0{'descr': '|u1', 'fortran_order': False, 'shape': (5, 28, 28), }"),
  ],
  ['a pickle of Python', 'pickle', latin1('\x80\x02}q\x00X\x01\x00\x00\x00aq\x01K\x01s.')],
  ['a pickle of Python', 'pickle', latin1('(lp0\nI1\naI2\na.')],
  ['a pickle of Python with NumPy arrays', 'numpy-pickle', latin1('((cnumpy._core.multiarray\n_reconstruct\np0\n.')],
  [
    'a pickle of Python with NumPy arrays',
    'numpy-pickle',
    latin1('\x80\x04\x95\xbb\0\0\0\0\0\0\0\x8c\x16numpy._core.multiarray\x94.'),
  ],
  [
    'a pickle of Python with a model of scikit-learn',
    'sklearn-pickle',
    latin1('\x80\x04\x95\xbb\0\0\0\0\0\0\0\x8c\x2asklearn.neural_network\x94numpy.core.'),
  ],
  [
    'a file of joblib (a pickle of Python)',
    'joblib',
    latin1('\x80\x04\x95\xbb\0\0\0\0\0\0\0\x8csklearn.neural_network joblib.numpy_pickle'),
  ],
  [
    'a file of PyTorch (torch.save of an early version)',
    'torch-pickle',
    latin1('\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03.'),
  ],
  ['an HDF5 file', 'hdf5', latin1('\x89HDF\r\n\x1a\n\0\0')],
  ['an HDF5 file', 'hdf5', latin1('a'.padEnd(512, ' ') + '\x89HDF\r\n\x1a\n\0\0')],
  ['a MATLAB file', 'matlab', latin1('MATLAB 5.0 MAT-file'.padEnd(128))],
  ['a Parquet file', 'parquet', latin1('PAR1\x15\x04PAR1')],
  ['a TFRecord file of TensorFlow', 'tfrecord', latin1('\x05\0\0\0\0\0\0\0\xea\xb2\x04>hello\xbb\x1f\x1c\x01')],
  ['a safetensors file', 'safetensors', latin1('\x02\0\0\0\0\0\0\0{}')],
  ['an ONNX model', 'onnx', latin1('\x08\x0e\x12\x07pytorch:;\n\x0c')],
  ['an ONNX model', 'onnx', latin1('\x08\x0e:;\n\x0c\n\x01x')],
  ['a SavedModel of TensorFlow', 'saved-model', latin1('\x08\x01\x12\xa8*\n\xfd\x08\x12\xcd\x08\n8')],
  ['a msgpack file, as Flax saves parameters', 'flax', latin1('\x81\xa6params\x81\xa7Dense_0\x81\xa6kernel')],
  ['a PNG picture', 'png', latin1('\x89PNG\r\n\x1a\n\0\0')],
  ['a JPEG picture', 'picture', padded(0xff, 0xd8, 0xff, 0xe0)],
  ['a PDF document', 'pdf', text('%PDF-1.4\n')],
];

describe('fileKind', () => {
  it('knows nothing of bytes of no kind', () => {
    expect(kindOf(latin1('\x99\x01\x02\x03\xfe\xfd'))).toBeUndefined();
  });

  it.each(FILES)('says: %s', (what, id, bytes) => {
    expect(kindOf(bytes)).toMatchObject({ id, what });
  });

  it.each(FILES)('has advice without bytes in hex for %s', (_what, _id, bytes) => {
    for (const purpose of ['dataset', 'network'] as const) {
      const advice = adviceFor(kindOf(bytes)!, purpose);
      expect(advice).toMatch(/^\p{Lu}.*\.$/u);
      expect(advice).not.toMatch(/\b0x|\b[0-9a-f]{2} [0-9a-f]{2}\b/i);
    }
  });

  it('calls a file by its name alone if that says that it is not finished', () => {
    for (const name of ['a.gz.part', 'a.gz.crdownload', 'a.gz.download', 'A.GZ.PART']) {
      expect(kindOf(gzip(labels), name)).toMatchObject({ id: 'unfinished', inside: { id: 'gzip' } });
    }
    expect(kindOf(gzip(labels), 'part.gz')!.id).toBe('gzip');
  });

  it('advises on what a gzip file holds', () => {
    const page = kindOf(gzip(text('<html><title>Login</title>')))!;
    expect(adviceFor(page, 'dataset')).toBe('Please download it again, from an address that gives the file itself.');
    const pickle = kindOf(gzip(latin1('\x80\x02]q\x00.')))!;
    expect(adviceFor(pickle, 'network')).toContain('From scikit-learn:');
  });

  it('does not look for ever into a file that unpacks to more gzip', () => {
    let bytes = labels;
    for (let k = 0; k < 9; k++) bytes = gzip(bytes);
    expect(kindOf(bytes)!.id).toBe('double-gzip');
  });

  it('says the same of a large file by its beginning alone', () => {
    const rows = 'label,a,b\n' + '5,0,0\n'.repeat(30_000);
    expect(kindOf(text(rows))!.id).toBe('csv');
    expect(kindOf(gzip(text(rows)))!.what).toBe('a gzip file that holds a table in text (CSV)');
    expect(kindOf(idxBytes([300_000], new Uint8Array(300_000).fill(1)))!.id).toBe('idx');
  });
});
