/** From the name of a package to the file that stands in its place. */
export const leanPackages: Record<string, string>;
