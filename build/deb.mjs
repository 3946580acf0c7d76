// A Debian package of the unpacked app, by dpkg-deb. Removing it leaves what people have made: nothing in it lies in
// their folders.
import { spawnSync } from 'node:child_process';
import { chmod, copyFile, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { APP_PACKAGES } from './linux.mjs';
import { desktopEntry, linuxPackage } from './desktop-entry.mjs';
import { substituteMark } from './package-names.mjs';
import { inProject } from './project.mjs';

const INSTALLED = '/opt/MNIST Studio';
/** Debian's names for those of Node. */
const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' };

/**
 * @param unpacked folder with the app
 * @param into folder for the package
 * @param substitute which Electron stands in for the pinned one, if one does
 */
export async function makeDeb(unpacked, into, substitute) {
  const about = await linuxPackage();
  const { executableName: name, version, maintainer, synopsis, description, desktopName } = about;
  const root = await mkdtemp(path.join(os.tmpdir(), 'mnist-studio-deb-'));
  const at = (...parts) => path.join(root, ...parts);
  await mkdir(at('opt'), { recursive: true });
  await cp(unpacked, at(INSTALLED), { recursive: true, verbatimSymlinks: true });
  // Chromium's sandbox, where the kernel has no other for it.
  await chmod(at(INSTALLED, 'chrome-sandbox'), 0o4755);
  await mkdir(at('usr/bin'), { recursive: true });
  await copyFile(inProject('build/mnist-studio.sh'), at('usr/bin', name));
  await chmod(at('usr/bin', name), 0o755);
  await mkdir(at('usr/share/applications'), { recursive: true });
  await writeFile(at('usr/share/applications', desktopName), desktopEntry(about, INSTALLED));
  // dpkg's triggers of shared-mime-info and desktop-file-utils read these two folders.
  await mkdir(at('usr/share/mime/packages'), { recursive: true });
  await cp(inProject('build/mime-types.xml'), at('usr/share/mime/packages', `${name}.xml`));
  for (const picture of (await readdir(inProject('build/icons'))).filter((file) => file.endsWith('.png'))) {
    const folder = at('usr/share/icons/hicolor', picture.replace('.png', ''), 'apps');
    await mkdir(folder, { recursive: true });
    await cp(inProject('build/icons', picture), path.join(folder, `${name}.png`));
  }
  await mkdir(at('DEBIAN'));
  const architecture = ARCHITECTURES[process.arch];
  const control = {
    Package: name,
    // dpkg puts it before the released version, which therefore replaces it.
    Version: substitute ? `${version}~${substitute}` : version,
    Architecture: architecture,
    Maintainer: maintainer,
    Section: 'education',
    Priority: 'optional',
    // Debian 13 and Ubuntu 24.04 renamed some of them when their times became 64 bits wide.
    Depends: APP_PACKAGES.map((library) => `${library} | ${library}t64`).join(', '),
    Description: `${synopsis}\n ${description}`,
  };
  await writeFile(
    at('DEBIAN/control'),
    `${Object.entries(control)
      .map(([key, value]) => `${key}: ${value}`)
      .join('\n')}\n`,
  );
  const file = path.join(into, `${name}_${version}${substituteMark(substitute)}_${architecture}.deb`);
  const { status, stderr } = spawnSync('dpkg-deb', ['--build', '--root-owner-group', '-Zxz', '-z1', root, file], {
    encoding: 'utf8',
  });
  await rm(root, { recursive: true });
  if (status !== 0) throw new Error(`dpkg-deb could not make ${path.basename(file)}: ${stderr.trim()}`);
}
