export function importsOf(file: string): string[];
export function circleThrough(
  file: string | undefined,
  first: string | undefined,
  imports: (file: string) => string[],
): string[] | undefined;
