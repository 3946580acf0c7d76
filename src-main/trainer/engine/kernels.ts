// The compiled kernels, and which of the two builds this runtime can run.
import { plain, relaxed } from 'virtual:kernels';

/** What src-main/trainer/kernels/index.ts exports. Addresses are bytes in the shared memory. */
export interface Kernels {
  /** One thread's part of the work that the plan tells. */
  work(plan: number, thread: number): void;
  /** Works on every order until the last. */
  serve(plan: number, thread: number): void;
  order(control: number, thread: number, count: number): void;
  fail(control: number): void;
  pixelListsBytes(inputs: number, rows: number): number;
}

export type Simd = 'relaxed' | 'plain';

/** Relaxed SIMD where the runtime has it (Node 22, Electron 25 and later), else plain SIMD. */
export function detectSimd(): Simd {
  return WebAssembly.validate(bytes(relaxed)) ? 'relaxed' : 'plain';
}

export function compileKernels(simd: Simd): WebAssembly.Module {
  return new WebAssembly.Module(bytes(simd === 'relaxed' ? relaxed : plain));
}

export function startKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  const words = new Int32Array(memory.buffer);
  const sleep = (address: number, value: number, milliseconds: number) => void Atomics.wait(words, address >>> 2, value, milliseconds);
  const wake = (address: number) => void Atomics.notify(words, address >>> 2);
  return new WebAssembly.Instance(module, { env: { memory, sleep, wake } }).exports as unknown as Kernels;
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}
