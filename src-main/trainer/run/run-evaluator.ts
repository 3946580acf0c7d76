// What the images say of a run's network, at the end of each epoch: told, reported to be kept, and at the end the best
// put back.
import type { EpochResult, Score } from '../../../src-shared/runs/score';
import type { BestEpoch } from './best-epoch';
import { makeCheckpoint, type Run } from './checkpoint';
import type { ValidationSplit } from '../data/split/validation';
import type { Engine } from '../engine/engine';
import type { CurrentEpoch } from './current-epoch';
import type { EpochOrders } from './permutations';
import { evaluateBoth, evaluateSome, evaluateTest, type Evaluation, type EvaluationPace } from './evaluate';
import type { TrainCurve } from '../progress/progress';
import { resumePoint } from './resume-point';
import type { NewsContext } from '../progress/progress-reporter';
import type { RunPlan } from './run-plan';

/** The parts of a run that are judged, as they are at the moment. */
export interface JudgedRun {
  readonly engine: Engine;
  readonly epoch: CurrentEpoch;
  readonly plan: RunPlan;
  readonly orders: EpochOrders;
  readonly best: BestEpoch;
  readonly curve: TrainCurve;
  epochsTrained(): number;
}

/** Probabilities of the test images are for the page alone, and large. */
const NOT_KEPT = new Float32Array();

export class RunEvaluator {
  constructor(
    private readonly of: JudgedRun,
    private readonly began: Run,
    private readonly split: ValidationSplit,
    private readonly context: Pick<NewsContext, 'emit' | 'report'>,
    private readonly pace: EvaluationPace,
  ) {}

  /** Before any training, as the result of epoch 0. */
  async start(): Promise<void> {
    const { engine, plan } = this.of;
    const train = await evaluateSome(engine, this.began.dataset, this.split.train, this.pace);
    const found = train && (await this.evaluate());
    if (found)
      this.keep(
        { ...resultOf(0, train, found), learningRate: plan.rateAt(0), seconds: 0, imagesPerSecond: 0 },
        found.test,
      );
  }

  /** The end of the epoch in flight. @returns false where the run was stopped meanwhile */
  async epoch(
    speed: Pick<EpochResult, 'learningRate' | 'imagesPerSecond'> & { seconds: () => number },
  ): Promise<boolean> {
    const { epoch } = this.of;
    const found = await this.evaluate();
    if (!found) return false;
    epoch.done = true;
    this.keep(
      {
        ...resultOf(epoch.number, { loss: epoch.trainLoss, accuracy: epoch.trainAccuracy }, found),
        ...speed,
        seconds: speed.seconds(),
      },
      found.test,
    );
    return true;
  }

  /** Puts the best weights back, unless they are those that the network has. */
  async restoreBest(): Promise<void> {
    const { best, engine, epoch } = this.of;
    const { kept } = best;
    if (!kept || kept.checkpoint.result.epoch === this.of.epochsTrained()) return;
    const { run, dataset } = this.began;
    const { checkpoint, layers } = kept;
    const { result } = checkpoint;
    engine.writeWeights(layers);
    this.context.report({ kind: 'checkpoint', checkpoint, epoch: undefined });
    if (epoch.done)
      this.context.report({
        kind: 'restored',
        run,
        position: resumePoint(engine.readState(), this.of, result.epoch),
        result,
      });
    const predictions = kept.predictions ?? (await evaluateTest(engine, dataset, this.pace))?.predictions;
    if (predictions) this.context.emit({ kind: 'restored', run, epoch: result.epoch, predictions });
  }

  private evaluate(): ReturnType<typeof evaluateBoth> {
    return evaluateBoth(this.of.engine, this.began.dataset, this.split.validation, this.pace);
  }

  /** Of the weights as they are now. */
  private keep(result: EpochResult, { predictions }: Evaluation): void {
    const { plan, engine, best, curve } = this.of;
    const changes = [...plan.changes];
    const state = engine.readState();
    const checkpoint = makeCheckpoint(this.began, state.layers, changes, result);
    const isBest = best.tell({ checkpoint, layers: state.layers, predictions });
    const points = curve.takeEpoch();
    this.context.report({
      kind: 'checkpoint',
      checkpoint,
      epoch: {
        result,
        points,
        changes,
        predictions: { ...predictions, probabilities: NOT_KEPT },
        best: isBest,
        resume: resumePoint(state, this.of),
        engine: engine.details,
      },
    });
    this.context.emit({ kind: 'epoch', run: this.began.run, result, predictions });
  }
}

function resultOf(
  epoch: number,
  train: Score,
  { test, validation }: { test: Score; validation: Score | undefined },
): Omit<EpochResult, 'learningRate' | 'seconds' | 'imagesPerSecond'> {
  return {
    epoch,
    trainLoss: train.loss,
    trainAccuracy: train.accuracy,
    testLoss: test.loss,
    testAccuracy: test.accuracy,
    validation,
  };
}
