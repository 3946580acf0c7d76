export function wrongDirections(file: string, target: string): string[];
