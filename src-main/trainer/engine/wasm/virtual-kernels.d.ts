// The modules that build/kernels.mjs makes.
declare module 'virtual:kernels' {
  /** WebAssembly as base64 text. */
  export const plain: string;
  export const relaxed: string;
  export const wide: string;
}

declare module 'virtual:kernels-version' {
  /** Changes with any build of the kernels. */
  export const kernelsVersion: string;
}
