// The module that build/kernels.mjs makes: WebAssembly as base64 text.
declare module 'virtual:kernels' {
  export const plain: string;
  export const relaxed: string;
  export const wide: string;
}
