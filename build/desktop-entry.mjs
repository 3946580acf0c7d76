// How the app is shown in the menus of a Linux desktop, out of electron-builder.yml, which says it once.
import { load } from 'js-yaml';
import { readFile } from 'node:fs/promises';
import { inProject } from './project.mjs';

export async function linuxPackage() {
  const { linux } = load(await readFile(inProject('electron-builder.yml'), 'utf8'));
  const { version } = JSON.parse(await readFile(inProject('package.json'), 'utf8'));
  return { ...linux, version };
}

/** @param folder where the app lies on the system that it is installed on */
export function desktopEntry({ executableName, mimeTypes, desktop }, folder) {
  const entry = {
    Type: 'Application',
    ...desktop.entry,
    Exec: `"${folder}/${executableName}" %U`,
    Icon: executableName,
    Terminal: 'false',
    MimeType: mimeTypes.map((type) => `${type};`).join(''),
  };
  return `[Desktop Entry]\n${Object.entries(entry).map(([key, value]) => `${key}=${value}`).join('\n')}\n`;
}
