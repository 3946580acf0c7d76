import { describe, expect, it } from 'vitest';
import {
  compileForPages,
  compileKernels,
  startKernels,
  supports,
  type Simd,
} from '../../../../../../src-main/trainer/engine/wasm/kernels';

const builds = (['plain', 'relaxed', 'wide'] satisfies Simd[]).filter(supports);
const memoryOf = (pages: number) => new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });

describe.each(builds)('the %s kernels', (simd) => {
  it('accept a memory of any size', () => {
    const module = compileKernels(simd);
    for (const pages of [1, 127, 300]) expect(() => startKernels(module, memoryOf(pages))).not.toThrow();
  });

  it.each([1, 127, 128, 300])('compiled for %i pages, accept that memory and no other', (pages) => {
    const module = compileForPages(simd, pages);
    expect(startKernels(module, memoryOf(pages)).pixelListsBytes(784, 64)).toBeGreaterThan(0);
    expect(() => startKernels(module, memoryOf(pages + 1))).toThrow(WebAssembly.LinkError);
    if (pages > 1) expect(() => startKernels(module, memoryOf(pages - 1))).toThrow(WebAssembly.LinkError);
  });

  it('compiled for more than a gigabyte, accept a memory of any size', () => {
    expect(() => startKernels(compileForPages(simd, 2 ** 14), memoryOf(1))).not.toThrow();
  });
});
