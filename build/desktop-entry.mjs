// How the app appears on a Linux desktop, from electron-builder.yml and package.json.
import { load } from 'js-yaml';
import { readFile } from 'node:fs/promises';
import { inProject } from './project.mjs';

export async function linuxPackage() {
  const { linux } = load(await readFile(inProject('electron-builder.yml'), 'utf8'));
  const { version, desktopName } = JSON.parse(await readFile(inProject('package.json'), 'utf8'));
  return { ...linux, version, desktopName };
}

/** @param folder where the app lies on the system that it is installed on */
export function desktopEntry({ executableName, fileAssociations, category, desktop, desktopName }, folder) {
  const entry = {
    Type: 'Application',
    ...desktop.entry,
    Categories: category,
    Exec: `"${folder}/${executableName}" %U`,
    Icon: executableName,
    Terminal: 'false',
    MimeType: fileAssociations.map(({ mimeType }) => `${mimeType};`).join(''),
    // Electron 41.6.1 and later give it to the windows, on X11 as WM_CLASS and on Wayland as app_id.
    StartupWMClass: desktopName.replace(/\.desktop$/, ''),
  };
  return `[Desktop Entry]\n${Object.entries(entry)
    .map(([key, value]) => `${key}=${value}`)
    .join('\n')}\n`;
}
