/** @returns a sentence for each reason not to release what is in the folder. @param pinned version of Electron */
export function reasonsAgainst(dist: string, pinned: string): Promise<string[]>;
