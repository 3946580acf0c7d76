// The compiled kernels, in three builds.
import { plain, relaxed, wide } from 'virtual:kernels';
import type { KernelBuild } from '../../../../src-shared/runs/engine-details';

/** What kernels/index.ts exports. Addresses are bytes in the shared memory. */
export interface Kernels {
  /** Does one thread's part of the work that the plan describes. */
  work(plan: number, thread: number): void;
  /** Works on every order, until the order to end. */
  serve(plan: number, thread: number): void;
  order(control: number, thread: number, count: number): void;
  fail(control: number): void;
  pixelListsBytes(inputs: number, rows: number): number;
  /** Units in a block of a sparse first layer's weights. */
  BLOCK: WebAssembly.Global;
  /** The units of a dense hidden layer are rounded up to a multiple. */
  COLUMNS: WebAssembly.Global;
  /** A step of a batch begins at a multiple of this many rows. */
  TILE: WebAssembly.Global;
}

export type Simd = KernelBuild;
const BUILDS: Record<Simd, string> = { plain, relaxed, wide };

export function supports(simd: Simd): boolean {
  return WebAssembly.validate(bytes(BUILDS[simd]));
}

export function compileKernels(simd: Simd): WebAssembly.Module {
  return new WebAssembly.Module(bytes(BUILDS[simd]));
}

/** The memory import in the binary, a byte per character: shared, 1 to 65536 pages, by flags of build/kernels.mjs. */
const MEMORY_IMPORT = '\x06memory\x02\x03\x01\x80\x80\x04';
const LIMITS_BYTES = 4;
/** The largest number of two LEB128 bytes: a gigabyte of memory. */
const MOST_PAGES = 2 ** 14 - 1;

/**
 * The kernels for a memory of exactly this many pages. V8 then keeps the memory's size in a register. If the memory
 * could grow, V8 would read its size again before each access, unless trap handlers make that check unnecessary.
 */
export function compileForPages(simd: Simd, pages: number): WebAssembly.Module {
  if (pages > MOST_PAGES) return compileKernels(simd);
  const binary = Buffer.from(BUILDS[simd], 'base64');
  const found = binary.indexOf(MEMORY_IMPORT, 0, 'latin1');
  if (found < 0)
    throw new Error(
      'The kernels do not import a shared memory of 1 to 65536 pages. Check the flags in build/kernels.mjs.',
    );
  const limit = [(pages & 127) | 128, pages >> 7]; // LEB128, always in two bytes
  binary.set([...limit, ...limit], found + MEMORY_IMPORT.length - LIMITS_BYTES);
  return new WebAssembly.Module(binary);
}

/** The same imports as in worker-thread.js. */
export function startKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  const words = new Int32Array(memory.buffer);
  const sleep = (address: number, value: number, milliseconds: number) =>
    void Atomics.wait(words, address >>> 2, value, milliseconds);
  const wake = (address: number) => void Atomics.notify(words, address >>> 2);
  return new WebAssembly.Instance(module, { env: { memory, sleep, wake } }).exports as unknown as Kernels;
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}
