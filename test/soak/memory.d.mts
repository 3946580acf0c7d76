export type MemorySample = Record<string, number>;
export function grownProcesses(samples: readonly MemorySample[]): string[];
export function table(samples: readonly MemorySample[]): string;
