// The first script of the app. It runs a command of the command line, without a window and without the rest of the main
// process, or else opens the app.
import { app } from 'electron';
import { writeSync } from 'node:fs';
import { startFromArguments } from './cli/process/start-from-arguments';
import { throwLater } from './log/throw-later';
import { repairSharedMemory, repairTemporaryFolder } from './window/profile-folder';

try {
  repairTemporaryFolder();
  repairSharedMemory(app);
} catch (error) {
  writeSync(2, `${(error as Error).message}\n`);
  process.exit(1);
}

if (!startFromArguments()) {
  import('./main').catch(throwLater);
}
