import type { Plugin } from 'vite';
import type { StructureField } from 'virtual:kernels';
export function kernels(): Plugin;
export function kernelsVersion(): Promise<string>;
export function structuresOf(source: string): Record<string, StructureField[]>;
