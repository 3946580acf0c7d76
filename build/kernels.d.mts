import type { Plugin } from 'vite';
export function kernels(): Plugin;
export function kernelsVersion(): Promise<string>;
