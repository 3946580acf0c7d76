/** From the name of a package to the file that stands in its place. */
export const leanPackages: Record<string, string>;
export const unusedModules: { test: RegExp; sideEffects: boolean }[];
