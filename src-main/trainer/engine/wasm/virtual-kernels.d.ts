// The modules that build/kernels.mjs makes.
declare module 'virtual:kernels' {
  /** WebAssembly as base64 text. */
  export const plain: string;
  export const relaxed: string;
  export const wide: string;

  export type StructureField = readonly [name: string, type: 'i32' | 'u32' | 'f32' | 'usize'];
  /** The fields of the structures in kernels/plan.ts, in order, four bytes each. */
  export const structures: Record<'Plan' | 'Layer' | 'Images' | 'Batch', readonly StructureField[]>;
}

declare module 'virtual:kernels-version' {
  /** Changes with any build of the kernels. */
  export const kernelsVersion: string;
}
