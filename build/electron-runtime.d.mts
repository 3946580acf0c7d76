/** Folder and program of the Electron that is run, tested and packaged with here. */
export function electronRuntime(): Promise<{ dist: string; executable: string; version: string; official: boolean }>;
