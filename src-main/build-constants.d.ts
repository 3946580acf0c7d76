/** The version of Electron that the app is released with, from package.json; electron.vite.config.ts fills it in. */
declare const PINNED_ELECTRON: string;
