// A data folder for the app, new and empty, of a person who has seen the tour.
import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

export async function newProfile() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'mnist-studio-profile-'));
  await writeFile(path.join(folder, 'preferences.json'), '{ "tourSeen": true }');
  return folder;
}
