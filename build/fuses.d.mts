/** @param app program, or .app folder on macOS. @returns a sentence for each fuse that is not as it should be */
export function wrongFuses(app: string): Promise<string[]>;
