// What the main process complains about, and every process that dies, goes into the log file too.
import { app } from 'electron';
import { LogFile } from './log-file';

/** Where the log cannot be written, the app runs without one. @param home the home directory, which is not told */
export function keepLog(file: string, home: string): void {
  const complain = console.error.bind(console);
  let log: LogFile;
  try {
    log = new LogFile(file, home);
  } catch (error) {
    complain('There is no log in this session.', error);
    return;
  }
  log.write(
    `${app.name} ${app.getVersion()}, Electron ${process.versions.electron}, ${process.platform} ${process.arch}`,
  );
  console.error = (...parts: unknown[]) => {
    log.write(...parts);
    complain(...parts);
  };
  process.on('uncaughtExceptionMonitor', (error) => log.write(error));
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) =>
    log.write(`The page’s process is gone: ${reason} (${exitCode})`),
  );
  app.on('child-process-gone', (_event, { type, name, reason, exitCode }) => {
    if (reason !== 'clean-exit') log.write(`A process is gone: ${name ?? type}, ${reason} (${exitCode})`);
  });
}
