// The main process: what happens at the start of the app, in this order. Comments say why a step comes where it does.
import { app, clipboard, nativeTheme, type BrowserWindow } from 'electron';
import { join } from 'node:path';
import type { StartupRequest } from '../src-shared/app/app-info';
import { registerAppScheme, serveApp } from './bridge/app-protocol';
import { createCommands } from './bridge/commands';
import { answerCommands } from './bridge/ipc';
import { PageNotices } from './bridge/page-notices';
import { loadPage } from './bridge/page-recovery';
import { lockDown } from './bridge/security';
import { homeFolder } from './files/home-folder';
import { unfinishedWork } from './files/unfinished-work';
import { keepLog } from './log/log';
import { throwLater } from './log/throw-later';
import { forkNetworkProcess } from './network-process/fork-network-process';
import { NetworkFileWork } from './network-process/network-work';
import { createTraining, type Training } from './create-training';
import { createDesktop } from './window/desktop';
import { dialogsOf, documentsFolder } from './window/dialogs';
import { LastFolders } from './window/last-folders';
import { Preferences } from './window/preferences';
import { chooseProfile } from './window/profile-folder';
import { confirmQuit, finishBeforeQuit } from './window/quit';
import { givenAmong, givenBy, StartupFile } from './window/startup-file';
import { takePicture } from './window/take-picture';
import { bringToFront, createWindow } from './window/window';

const startupFile = new StartupFile();
/** True from the request to quit until the person cancels it. */
let quitting = false;

// First of all, since the lock of the single instance lies in the profile folder.
const profileWarning = chooseProfile(app);

// Two instances would write to the same runs, and the second would take a run that is training for one that was cut
// off.
if (app.requestSingleInstanceLock()) beginStart();
else app.quit();

/** Does what Electron permits or requires before it is ready. */
function beginStart(): void {
  registerAppScheme();
  // appId of electron-builder.yml: Windows groups the app's windows with its shortcut by this id.
  if (process.platform === 'win32') app.setAppUserModelId('org.mnist-studio.app');
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', () => (quitting = true));
  app.on('open-file', (event, file) => {
    event.preventDefault();
    offer(givenBy(file, process.cwd()));
  });
  offer(givenAmong(process.argv.slice(1), process.cwd(), app.getAppPath()));
  app.whenReady().then(start).catch(throwLater);
}

function start(): void {
  // The page's origin and its limits come before any window.
  serveApp(join(__dirname, '../renderer'));
  lockDown();

  // The log comes before all that may fail.
  const userData = app.getPath('userData');
  const logFile = join(userData, 'logs', 'main.log');
  keepLog(logFile, homeFolder());
  if (profileWarning !== undefined) console.error(profileWarning);

  // The theme comes before the window, which would otherwise open in the wrong colours.
  const preferences = new Preferences(join(userData, 'preferences.json'));
  nativeTheme.themeSource = preferences.get('theme');
  const window = createWindow(preferences);
  app.on('second-instance', (_event, args, folder) => {
    bringToFront(window);
    offer(givenAmong(args.slice(1), folder, app.getAppPath()));
  });

  // The page loads in its own process while the rest is created. Its commands are answered once this function returns.
  const notices = new PageNotices(window);
  startupFile.onOffer((given) => notices.notify({ kind: 'open-given', given }));
  loadPage(window, {
    logFile,
    onGone() {
      startupFile.pageGone();
      notices.pageGone();
    },
  });

  const runsFolder = join(userData, 'runs');
  const builtinFolder = join(__dirname, '../builtin-mnist');
  const training = createTraining({
    window,
    notify: (notice) => notices.notify(notice),
    runsFolder,
    kernelsFile: join(userData, 'kernels.json'),
    probeScript: join(__dirname, 'probe.cjs'),
    builtinFolder,
    isQuitting: () => quitting,
  });
  const networkWork = new NetworkFileWork({
    fork: forkNetworkProcess,
    notify: (notice) => notices.notify(notice),
  });
  const desktop = createDesktop({
    window,
    preferences,
    notify: (notice) => notices.notify(notice),
    connectPage() {
      training.connectPage();
      notices.sendStanding();
    },
    trainerLost: () => training.supervisor.lost,
    takeGiven: () => startupFile.take(),
    warnings: [profileWarning, preferences.damage],
    licencesFile: join(__dirname, '../licences.json'),
    logFile,
    runsFolder,
  });
  const documents = documentsFolder();
  const commands = createCommands({
    ...training,
    ...dialogsOf(window, new LastFolders(preferences, documents)),
    desktop,
    networkWork,
    notify: (notice) => notices.notify(notice),
    version: app.getVersion(),
    builtinFolder,
    documentsFolder: documents,
    takePicture: (part) => takePicture(window, part),
    clipboard,
  });
  answerCommands(window.webContents, commands, {
    current: () => notices.page,
    refuseLater: (message) => notices.notify({ kind: 'warning', message }),
  });

  endInOrder(window, training, networkWork);
}

/** What happens when the app quits. Listeners of will-quit run in this order. */
function endInOrder(window: BrowserWindow, { supervisor, queue, store }: Training, networkWork: NetworkFileWork): void {
  confirmQuit(
    window,
    () => supervisor.training,
    () => (quitting = false),
  );
  app.on('will-quit', () => {
    queue.clear(); // what the trainer has reported already must not begin another run
    supervisor.shutDown();
    const settled = store.then(
      (runs) => runs.settle(),
      () => undefined,
    );
    void unfinishedWork.during('the runs', settled);
  });
  app.on('quit', () => networkWork.abandon());
  finishBeforeQuit(unfinishedWork); // after the listener above, whose work it waits for
}

function offer(given: Promise<StartupRequest | undefined>): void {
  void given.then((one) => startupFile.offer(one), console.error);
}
