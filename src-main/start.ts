// The first script of the app. A command runs without a window and without the rest of the main process; everything
// else opens the app.
import { app } from 'electron';
import { writeSync } from 'node:fs';
import { startFromArguments } from './cli/process/start-from-arguments';
import { repairSharedMemory, repairTemporaryFolder } from './window/profile-folder';

try {
  repairTemporaryFolder();
  repairSharedMemory(app);
} catch (error) {
  writeSync(2, `${(error as Error).message}\n`);
  process.exit(1);
}

if (!startFromArguments()) {
  import('./main').catch((error: unknown) => {
    // As an error in this script: Electron shows it. Of a rejected promise it only warns.
    process.nextTick(() => {
      throw error;
    });
  });
}
