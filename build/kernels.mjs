// Compiles the AssemblyScript kernels, plain, relaxed and wide, and gives them to the bundles and to the unit tests as
// the module virtual:kernels, as base64 text: so they load the same way from a folder, from app.asar and from a test.
// virtual:kernels-version is a text that changes with any of the three.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inProject } from './project.mjs';

const MODULES = ['virtual:kernels', 'virtual:kernels-version'];
const ENTRY = 'src-main/trainer/engine/wasm/kernels/index.ts';
const CACHE = inProject('node_modules/.cache/kernels');
const FLAGS = [
  ['-O3', '--noAssert', '--runtime', 'stub'],
  // engine/kernels.ts looks for these limits in the binary.
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
      return (await compileAll())
        .map(([name, bytes]) => `export const ${name} = '${bytes.toString('base64')}';\n`)
        .join('');
    },
  };
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
  const folder = path.dirname(inProject(ENTRY));
  for (const name of (await readdir(folder)).sort()) hash.update(name).update(await readFile(path.join(folder, name)));
  return hash.digest('hex').slice(0, 16);
}
