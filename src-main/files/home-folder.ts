// The home directory, with a substitute for accounts that have none.
import { homedir, tmpdir } from 'node:os';

/** The folder for temporary files if there is no home directory, as in a container whose user id has no name. */
export function homeFolder(): string {
  try {
    return homedir() || tmpdir();
  } catch {
    return tmpdir();
  }
}
