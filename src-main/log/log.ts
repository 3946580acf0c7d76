// Copies errors of the main process to the log file, and logs every process that dies.
import { app } from 'electron';
import { LogFile } from './log-file';

/** If the log cannot be written, the app runs without one. @param home the home directory, which the log hides */
export function keepLog(file: string, home: string): void {
  const printError = console.error.bind(console);
  let log: LogFile;
  try {
    log = new LogFile(file, home);
  } catch (error) {
    printError('There is no log in this session.', error);
    return;
  }
  log.write(
    `${app.name} ${app.getVersion()}, Electron ${process.versions.electron}, ${process.platform} ${process.arch}`,
  );
  console.error = (...parts: unknown[]) => {
    log.write(...parts);
    printError(...parts);
  };
  process.on('uncaughtExceptionMonitor', (error) => log.write(error));
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) =>
    log.write(`The page’s process is gone: ${reason} (${exitCode})`),
  );
  app.on('child-process-gone', (_event, { type, name, reason, exitCode }) => {
    if (reason !== 'clean-exit') log.write(`A process is gone: ${name ?? type}, ${reason} (${exitCode})`);
  });
}
