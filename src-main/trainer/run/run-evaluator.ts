// Evaluates the network of a run after each epoch, emits and reports the result, and restores the best weights at the
// end.
import type { EpochResult, Score } from '../../../src-shared/runs/score';
import { makeCheckpoint } from './checkpoint';
import { evaluateBoth, evaluateSome, evaluateTest, type Evaluation, type EvaluationPace } from './evaluate';
import { resumePoint } from './resume-point';
import type { RunContext } from './run-context';
import type { TrainingState } from './training-state';

/** Probabilities of the test images are large, and only the page needs them. */
const NOT_STORED = new Float32Array();

export class RunEvaluator {
  constructor(
    private readonly state: TrainingState,
    private readonly context: Pick<RunContext, 'control' | 'emit' | 'report'>,
    private readonly pace: EvaluationPace,
  ) {}

  /** Evaluates the untrained network; its result is that of epoch 0. Does nothing if the run is stopped meanwhile. */
  async evaluateStart(): Promise<void> {
    const { engine, plan, identity, split } = this.state;
    const train = await evaluateSome(engine, identity.dataset, split.train, this.pace);
    const scores = train && (await this.evaluate());
    if (!scores) return;
    const result = { ...resultOf(0, train, scores), learningRate: plan.rateAt(0), seconds: 0, imagesPerSecond: 0 };
    this.record(result, scores.test);
  }

  /** Evaluates the current epoch at its end. @returns false if the run was stopped meanwhile */
  async evaluateEpoch(): Promise<boolean> {
    const { epoch, batches, imagesPerSecond } = this.state;
    const { learningRate } = batches;
    const scores = await this.evaluate();
    if (!scores) return false;
    epoch.done = true;
    const train = { loss: epoch.trainLoss, accuracy: epoch.trainAccuracy };
    const seconds = (this.context.control.activeTime() - epoch.startTime) / 1000;
    this.record({ ...resultOf(epoch.number, train, scores), learningRate, imagesPerSecond, seconds }, scores.test);
    return true;
  }

  /** Writes the best weights into the network, unless it has them already. */
  async restoreBest(): Promise<void> {
    const { best, engine, epoch, identity } = this.state;
    const { kept } = best;
    if (!kept || kept.checkpoint.result.epoch === this.state.epochsTrained) return;
    const { run, dataset } = identity;
    const { checkpoint, layers } = kept;
    const { result } = checkpoint;
    engine.writeWeights(layers);
    this.context.report({ kind: 'checkpoint', checkpoint, epoch: undefined });
    if (epoch.done) {
      const position = resumePoint(engine.readState(), this.state, result.epoch);
      this.context.report({ kind: 'restored', run, position, result });
    }
    const predictions = kept.predictions ?? (await evaluateTest(engine, dataset, this.pace))?.predictions;
    if (predictions) this.context.emit({ kind: 'restored', run, epoch: result.epoch, predictions });
  }

  private evaluate(): ReturnType<typeof evaluateBoth> {
    const { engine, identity, split } = this.state;
    return evaluateBoth(engine, identity.dataset, split.validation, this.pace);
  }

  /** Emits and reports the result of the current weights. */
  private record(result: EpochResult, { predictions }: Evaluation): void {
    const { plan, engine, best, curve, identity } = this.state;
    const changes = [...plan.changes];
    const state = engine.readState();
    const checkpoint = makeCheckpoint(identity, state.layers, changes, result);
    const isBest = best.add({ checkpoint, layers: state.layers, predictions });
    const points = curve.takeEpoch();
    this.context.report({
      kind: 'checkpoint',
      checkpoint,
      epoch: {
        result,
        points,
        changes,
        predictions: { ...predictions, probabilities: NOT_STORED },
        best: isBest,
        resume: resumePoint(state, this.state),
        engine: engine.details,
      },
    });
    this.context.emit({ kind: 'epoch', run: identity.run, result, predictions });
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
