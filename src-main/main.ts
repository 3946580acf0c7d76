// The main process: start-up in the order of its verbs, and the wires between its parts.
import { app, BrowserWindow, clipboard, MessageChannelMain, nativeTheme, type MessagePortMain } from 'electron';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { CHANNELS } from '../src-shared/channels';
import type { StartupRequest } from '../src-shared/app/app-info';
import type { Notice } from '../src-shared/contract';
import type { DatasetSource } from '../src-shared/data/dataset';
import { registerAppScheme, serveApp } from './bridge/app-protocol';
import { createCommands } from './bridge/commands';
import { locateAgain } from './datasets/dataset-files';
import { createDesktop } from './window/desktop';
import { dialogsOf } from './window/dialogs';
import { givenAmong, givenBy, StartupFile } from './window/startup-file';
import { homeFolder } from './files/home-folder';
import { answerCommands } from './bridge/ipc';
import { forkUtilityProbe } from './kernel-choice/fork-utility-probe';
import { KernelChoice } from './kernel-choice/kernel-choice';
import { KernelMemory } from './kernel-choice/kernel-memory';
import { runProbe } from './kernel-choice/run-probe';
import { LastFolders } from './window/last-folders';
import { keepLog } from './log/log';
import { forkNetworkProcess } from './network-process/fork-network-process';
import { NetworkFileWork } from './network-process/network-work';
import { loadPage } from './bridge/page-recovery';
import { Preferences } from './window/preferences';
import { chooseProfile } from './window/profile-folder';
import { confirmQuit, finishBeforeQuit } from './window/quit';
import { RunOpener } from './runs/open-run';
import { factsOf } from './runs/run-commands';
import { RunKeeper } from './runs/run-keeper';
import { RunQueue } from './runs/run-queue';
import { RunStore } from './runs/run-store';
import { lockDown } from './bridge/security';
import { StandingNotices } from './bridge/standing-notices';
import { takePicture } from './window/take-picture';
import { forkTrainer } from './supervisor/trainer-process';
import { TrainerRecovery } from './supervisor/trainer-recovery';
import type { RunState } from './supervisor/supervised-trainer';
import { TrainerSupervisor } from './supervisor/trainer-supervisor';
import { unfinishedWork } from './files/unfinished-work';
import { bringToFront, createWindow } from './window/window';

let notify: (notice: Notice) => void = () => undefined;
const given = new StartupFile((what) => notify({ kind: 'open-given', given: what }));

const offer = (what: Promise<StartupRequest | undefined>) => void what.then((one) => given.offer(one), console.error);

const profileWarning = chooseProfile(app);

// Two of them would write into the same runs, and the second take a run in flight for one that was cut off.
if (app.requestSingleInstanceLock()) {
  registerAppScheme();
  // appId in electron-builder.yml: groups the windows with their shortcut
  if (process.platform === 'win32') app.setAppUserModelId('org.mnist-studio.app');
  app.on('window-all-closed', () => app.quit());
  app.on('open-file', (event, file) => {
    event.preventDefault();
    offer(givenBy(file, process.cwd()));
  });
  offer(givenAmong(process.argv.slice(1), process.cwd(), app.getAppPath()));
  app.whenReady().then(start).catch(throwLater);
} else {
  app.quit();
}

function start(): void {
  serveApp(join(__dirname, '../renderer'));
  lockDown();
  const userData = app.getPath('userData');
  const logFile = join(userData, 'logs', 'main.log');
  keepLog(logFile, homeFolder());
  if (profileWarning !== undefined) console.error(profileWarning);
  const preferences = new Preferences(join(userData, 'preferences.json'));
  nativeTheme.themeSource = preferences.get('theme'); // before the window, so that it opens in the right colours
  const window = createWindow(preferences);
  app.on('second-instance', (_event, args, folder) => {
    bringToFront(window);
    offer(givenAmong(args.slice(1), folder, app.getAppPath()));
  });

  const standing = new StandingNotices();
  const send = (notice: Notice) => {
    if (!window.isDestroyed() && !window.webContents.isCrashed()) window.webContents.send(CHANNELS.notice, notice);
  };
  notify = (notice) => {
    standing.add(notice);
    send(notice);
  };
  loadPage(window, {
    logFile,
    onGone() {
      given.pageGone();
      standing.pageGone();
    },
  });
  const runsFolder = join(userData, 'runs');
  const store = RunStore.open(runsFolder);
  store.catch(console.error); // each command that needs it says so
  const environment = {
    version: app.getVersion(),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    platform: `${process.platform} ${process.arch}`,
  };
  const keeper = new RunKeeper({ store, environment, notify, stop: () => supervisor.order({ kind: 'stop' }) });
  const kernels = new KernelChoice({
    memory: new KernelMemory(join(userData, 'kernels.json')),
    probe: () => runProbe(() => forkUtilityProbe(join(__dirname, 'probe.cjs'))),
  });
  const supervisor = new TrainerSupervisor<MessagePortMain>({
    fork: forkTrainer,
    // a processor is free while a person looks at the dataset
    onLoaded: () => void kernels.find().then((simd) => supervisor.useKernels(simd)),
    onRunChanged(run) {
      showProgress(window, run);
      if (!supervisor?.lost) keeper.follow(run?.run);
    },
    onLost(error, cutOff) {
      console.error(error.message);
      void recovery.onLost(error, cutOff);
    },
    onNotBegun: (message) => notify({ kind: 'warning', message }),
    onRunReport(report) {
      keeper.hear(report);
      if (report.kind === 'ended') queue.ended(report.reason);
    },
  });
  void kernels.recall().then((simd) => simd && supervisor.useKernels(simd));
  const queue = new RunQueue(
    (settings, group) => {
      const run = supervisor.train(settings, 'end');
      keeper.expect(run, { ...factsOf(supervisor, settings), group });
      return run;
    },
    (waiting) => notify({ kind: 'queue', waiting }),
  );
  const connectPage = () => {
    const { port1, port2 } = new MessageChannelMain();
    supervisor.attach(port1);
    window.webContents.postMessage(CHANNELS.trainerPort, null, [port2]);
  };
  const builtinFolder = join(__dirname, '../builtin-mnist');
  const locate = (source: DatasetSource) => locateAgain(source, builtinFolder);
  const opener = new RunOpener({
    store,
    keeper,
    supervisor,
    reopen: async (source) => supervisor.load(source, await locate(source)),
  });
  let quitting = false;
  app.on('before-quit', () => (quitting = true));
  const recovery = new TrainerRecovery({
    supervisor,
    kernels,
    keeper,
    queue,
    opener,
    locate,
    connectPage,
    notify,
    isQuitting: () => quitting,
  });
  const desktop = createDesktop({
    window,
    preferences,
    notify,
    connectPage() {
      connectPage();
      standing.takeForNewPage().forEach(send);
    },
    trainerLost: () => supervisor.lost,
    takeGiven: () => given.take(),
    warnings: [profileWarning, preferences.damage],
    licencesFile: join(__dirname, '../licences.json'),
    logFile,
    runsFolder,
  });
  const documentsFolder = folderForDocuments();
  const networkWork = new NetworkFileWork({ fork: forkNetworkProcess, notify });
  const commands = createCommands({
    desktop,
    networkWork,
    supervisor,
    store,
    keeper,
    queue,
    opener,
    recovery,
    notify,
    version: app.getVersion(),
    builtinFolder,
    documentsFolder,
    ...dialogsOf(window, new LastFolders(preferences, documentsFolder)),
    takePicture: (part) => takePicture(window, part),
    clipboard,
  });

  answerCommands(window.webContents, commands, {
    current: () => standing.page,
    refuseLater: (message) => notify({ kind: 'warning', message }),
  });
  confirmQuit(
    window,
    () => supervisor.training,
    () => (quitting = false),
  );
  app.on('will-quit', () => {
    queue.clear(); // what the trainer has reported already must not begin another run
    supervisor.shutDown();
    void unfinishedWork.during(
      'the runs',
      store.then(
        (runs) => runs.settle(),
        () => undefined,
      ),
    );
  });
  app.on('quit', () => networkWork.abandon());
  finishBeforeQuit(unfinishedWork);
}

/** As an error of a script, which Electron shows; of a rejected promise it only warns. */
function throwLater(error: unknown): void {
  process.nextTick(() => {
    throw error;
  });
}

/** Where dialogs begin at first. Without a home directory the system has no folder for documents. */
function folderForDocuments(): string {
  try {
    return app.getPath('documents');
  } catch {
    return homeFolder();
  }
}

/** The same progress on the dock or taskbar icon. */
function showProgress(window: BrowserWindow, run: RunState | undefined): void {
  if (window.isDestroyed()) return;
  window.setProgressBar(run ? run.done : -1, { mode: run?.paused ? 'paused' : 'normal' });
}
