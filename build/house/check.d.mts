export const MOST_LINES: number;
export const MOST_COLUMNS: number;
export const MOST_FILES: number;
export function tooLarge(files: string[][]): string[];
export function lonelyComponents(imports: (string | string[])[][]): string[];
