// The home directory, also of an account that has none.
import { homedir, tmpdir } from 'node:os';

/** That for temporary files if there is none, as in a container that runs under a number without a name. */
export function homeFolder(): string {
  try {
    return homedir() || tmpdir();
  } catch {
    return tmpdir();
  }
}
