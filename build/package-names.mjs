// How packages made with a substitute Electron are marked, so that build/check-release.mjs and people can tell them
// apart.

const MARK = 'substitute';

/** @returns "electron33", or undefined if this is the Electron that the app is released with */
export const substituteOf = ({ official, version }) => (official ? undefined : `electron${Number.parseInt(version)}`);

/** The part of a file's name that follows the app's version. */
export const substituteMark = (substitute) => (substitute ? `-${substitute}-${MARK}` : '');

export const isPackage = (file) => /\.(AppImage|deb|tar\.gz|exe|dmg|zip)$/.test(file);

/** @param file its name */
export const isMarked = (file) => file.includes(`-${MARK}`);
