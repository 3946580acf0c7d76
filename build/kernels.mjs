// Compiles the AssemblyScript kernels into three builds, plain, relaxed and wide. Bundles and unit tests import them as
// base64 text from the module virtual:kernels, so that they load in the same way from a folder, from app.asar and in a
// test. The module also has the fields of the structures that the engine writes for them, read from plan.ts.
// virtual:kernels-version is a text that changes with any of the three builds.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inProject } from './project.mjs';

const MODULES = ['virtual:kernels', 'virtual:kernels-version'];
const FOLDER = 'src-main/trainer/engine/wasm/kernels';
const ENTRY = `${FOLDER}/index.ts`;
/** The only file outside the folder that the kernels import. */
const AUGMENT_NUMBERS = 'src-main/trainer/data/augment/augment-numbers.ts';
const STRUCTURES = 'plan.ts';
const CACHE = inProject('node_modules/.cache/kernels');
const FLAGS = [
  ['-O3', '--noAssert', '--runtime', 'stub'],
  // wasm/kernels.ts searches the binary for these limits.
  ['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
  ['--enable', 'simd', '--enable', 'threads', '--enable', 'bulk-memory'],
].flat();
const BUILDS = {
  plain: FLAGS,
  relaxed: [...FLAGS, '--enable', 'relaxed-simd'],
  wide: [...FLAGS, '--enable', 'relaxed-simd', '--use', 'WIDE_TILES=1'],
};

export function kernels() {
  return {
    name: 'kernels',
    resolveId: (id) => (MODULES.includes(id) ? `\0${id}` : undefined),
    async load(id) {
      if (!MODULES.includes(id.slice(1))) return undefined;
      if (id === '\0virtual:kernels-version') return `export const kernelsVersion = '${await kernelsVersion()}';\n`;
      const structures = structuresOf(await readFile(inProject(FOLDER, STRUCTURES), 'utf8'));
      return [
        ...(await compileAll()).map(([name, bytes]) => `export const ${name} = '${bytes.toString('base64')}';\n`),
        `export const structures = ${JSON.stringify(structures)};\n`,
      ].join('');
    },
  };
}

/**
 * The fields of each `@unmanaged` class, in order, as pairs of name and type. Each field takes four bytes, so its
 * position is its address. Throws if a line of a class is neither a comment nor such a field.
 */
export function structuresOf(source) {
  const structures = {};
  for (const [, name, body] of source.matchAll(/^@unmanaged\r?\nexport class (\w+) \{\r?\n([^]*?)^\}/gm)) {
    const lines = body.replace(/\/\*\*[^]*?\*\/|\/\/.*/g, '').split('\n');
    structures[name] = lines
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => {
        const [, field, type] = /^(\w+): (i32|u32|f32|usize);$/.exec(line) ?? [];
        if (type) return [field, type];
        throw new Error(
          `${STRUCTURES}, class ${name}: "${line}" was expected to be a field of four bytes, like "rows: i32;" ` +
            '(i32, u32, f32 or usize).',
        );
      });
  }
  return structures;
}

/** Changes with any build. */
export async function kernelsVersion() {
  const hash = createHash('sha256');
  for (const [, bytes] of await compileAll()) hash.update(bytes);
  return hash.digest('hex').slice(0, 16);
}

const compileAll = () => Promise.all(Object.entries(BUILDS).map(async ([name, flags]) => [name, await compile(flags)]));

/** @returns the WebAssembly; kept between builds, since compiling takes seconds */
async function compile(flags) {
  const file = path.join(CACHE, `${await fingerprint(flags)}.wasm`);
  return readFile(file).catch(async () => {
    const bytes = await runCompiler(flags);
    await mkdir(CACHE, { recursive: true });
    await writeFile(file, bytes);
    return bytes;
  });
}

async function runCompiler(flags) {
  const { main } = await import('assemblyscript/asc');
  let wasm;
  const { error, stderr } = await main([ENTRY, ...flags, '--baseDir', inProject('.'), '--outFile', 'kernels.wasm'], {
    writeFile: (_name, contents) => void (wasm = Buffer.from(contents)),
  });
  if (error) throw new Error(`The kernels do not compile.\n${stderr.toString()}`, { cause: error });
  return wasm;
}

/** Changes with the sources, the flags and the compiler. */
async function fingerprint(flags) {
  const hash = createHash('sha256').update(flags.join(' '));
  hash.update(await readFile(inProject('node_modules/assemblyscript/package.json')));
  for (const name of (await readdir(inProject(FOLDER))).sort())
    hash.update(name).update(await readFile(inProject(FOLDER, name)));
  hash.update(await readFile(inProject(AUGMENT_NUMBERS)));
  return hash.digest('hex').slice(0, 16);
}
