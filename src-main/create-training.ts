// Creates all that trains, stores and recovers runs, and connects these parts to each other.
import type { DatasetSource } from '../src-shared/data/dataset';
import { app, MessageChannelMain, type BrowserWindow, type MessagePortMain } from 'electron';
import { cpus } from 'node:os';
import { CHANNELS } from '../src-shared/channels';
import type { Notice } from '../src-shared/contract';
import { locateAgain } from './datasets/dataset-files';
import { forkUtilityProbe } from './kernel-choice/fork-utility-probe';
import { KernelChoice } from './kernel-choice/kernel-choice';
import { KernelMemory } from './kernel-choice/kernel-memory';
import { runProbe } from './kernel-choice/run-probe';
import { RunOpener } from './runs/open-run';
import { factsOf } from './runs/run-commands';
import { RunKeeper } from './runs/run-keeper';
import { RunQueue } from './runs/run-queue';
import { RunStore } from './runs/run-store';
import { showProgress } from './window/window';
import { forkTrainer } from './supervisor/trainer-process';
import { TrainerRecovery } from './runs/trainer-recovery';
import { TrainerSupervisor } from './supervisor/trainer-supervisor';

export interface TrainingContext {
  window: BrowserWindow;
  notify: (notice: Notice) => void;
  runsFolder: string;
  /** File that remembers which kernel build is the fastest on this computer. */
  kernelsFile: string;
  /** Bundle of probe.ts. */
  probeScript: string;
  /** The MNIST that is packed with the app. */
  builtinFolder: string;
  /** True while the app quits and ends its processes. */
  isQuitting: () => boolean;
}

export interface Training {
  /** Rejects if the folder of runs cannot be opened. */
  store: Promise<RunStore>;
  keeper: RunKeeper;
  queue: RunQueue;
  opener: RunOpener;
  supervisor: TrainerSupervisor<MessagePortMain>;
  recovery: TrainerRecovery;
  /** Opens a channel between the page and the trainer. */
  connectPage: () => void;
}

/** Starts the trainer process. */
export function createTraining(context: TrainingContext): Training {
  const { window, notify } = context;
  const store = RunStore.open(context.runsFolder);
  store.catch(console.error); // each command that needs the store reports it
  const keeper = new RunKeeper({
    store,
    environment: {
      version: app.getVersion(),
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      platform: `${process.platform} ${process.arch}`,
    },
    notify,
    stop: () => supervisor.order({ kind: 'stop' }),
  });
  const kernels = new KernelChoice({
    memory: new KernelMemory(context.kernelsFile),
    probe: () => runProbe(() => forkUtilityProbe(context.probeScript)),
  });
  const supervisor = new TrainerSupervisor<MessagePortMain>({
    fork: forkTrainer,
    // The processor is idle while the person looks at a new dataset: a good time to try the kernels.
    onLoaded: () => void kernels.find().then((simd) => supervisor.useKernels(simd)),
    onRunChanged(run) {
      showProgress(window, run);
      if (!supervisor.lost) keeper.follow(run?.run);
    },
    onLost(error, cutOff) {
      console.error(error.message);
      void recovery.onLost(error, cutOff);
    },
    onNotBegun: (message) => notify({ kind: 'warning', message }),
    onRunReport(report) {
      keeper.handleReport(report);
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
  const locate = (source: DatasetSource) => locateAgain(source, context.builtinFolder);
  const opener = new RunOpener({
    store,
    keeper,
    supervisor,
    reopen: async (source) => supervisor.load(source, await locate(source)),
  });
  const { isQuitting } = context;
  const recovery = new TrainerRecovery({
    supervisor,
    kernels,
    keeper,
    queue,
    opener,
    locate,
    connectPage,
    notify,
    isQuitting,
  });
  return { store, keeper, queue, opener, supervisor, recovery, connectPage };
}
