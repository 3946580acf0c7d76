// The first script of the app. A command runs without a window and without the rest of the main process; everything else opens the app.
import { startFromArguments } from './command-line/start-from-arguments';

if (!startFromArguments()) {
  import('./main').catch((error: unknown) => {
    // As an error in this script: Electron shows it. Of a rejected promise it only warns.
    process.nextTick(() => {
      throw error;
    });
  });
}
