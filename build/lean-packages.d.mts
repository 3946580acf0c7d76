import type { Plugin } from 'vite';
/** From the name of a package to the file that stands in its place. */
export const leanPackages: Record<string, string>;
export const unusedModules: { test: RegExp; sideEffects: boolean }[];
export function withoutHydration(): Plugin;
export function enumsFirst(): Plugin;
/** How the page's code is divided: an option of rolldown. */
export const sharedChunk: {
  groups: { name: string; minShareCount: number; test: (file: string) => boolean }[];
};
