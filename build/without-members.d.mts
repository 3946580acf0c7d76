import type { Plugin } from 'vite';
export function withoutMembers(part: string, names: readonly string[]): Plugin;
/** @param found gets the names that the code has */
export function removeMembers(code: string, names: ReadonlySet<string>, found: Set<string>): string;
