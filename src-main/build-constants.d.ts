/** The version of Electron that the app is released with. electron.vite.config.ts takes it from package.json. */
declare const PINNED_ELECTRON: string;
