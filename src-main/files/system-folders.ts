// Folders that the system or another program keeps beside the user's: a Mac's, a Synology's and Windows' own, and
// hidden ones.

const OF_SYSTEM =
  /^(?:\..*|__macosx|@eadir|#recycle|\$recycle\.bin|system volume information|lost\+found|node_modules)$/i;

/** @param name of the folder itself */
export function isSystemFolder(name: string): boolean {
  return OF_SYSTEM.test(name);
}
