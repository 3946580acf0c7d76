// The best weights of a run while they are restored at its end, and after that.
import { describe, expect, it } from 'vitest';
import type { Settings } from '../../../../../src-shared/settings/settings';
import type { Engine } from '../../../../../src-main/trainer/engine/engine';
import { createReferenceEngine } from '../../../../../src-main/trainer/engine/reference/reference-engine';
import { beginRun } from '../../../../../src-main/trainer/run/training-loop';
import {
  beginScripted,
  epochsOf,
  smallDataset as dataset,
  smallSettings as settings,
} from '../../../../fixtures/begun-run';
import { checkpoints, endsOf, ofKind, stage } from '../../../../fixtures/stage';

describe('while the best weights are restored', () => {
  it('added epochs are not lost: they are trained from there', async () => {
    const begun = beginScripted(
      dataset,
      { ...settings, validationShare: 0.2, keep: 'best', epochs: 2 },
      { validation: [0.9, 0.1, 0.2, 0.95] },
    );
    const { emit } = begun.context;
    begun.context.emit = (event) => {
      emit(event);
      if (event.kind === 'restored' && event.epoch === 1 && !ofKind(begun.events, 'extended').length) {
        expect(begun.context.control.phase).toBe('closing');
        begun.run.pause(); // too late
        void begun.run.extend(2, 'end');
      }
    };
    await begun.run.train('end');
    expect(epochsOf(begun)).toEqual([1, 2, 3, 4]);
    expect(endsOf(begun)).toEqual(['completed']);
    expect(ofKind(begun.events, 'finished').map(({ reason }) => reason)).toEqual(['completed', 'completed']);
    expect(ofKind(begun.events, 'paused')).toEqual([{ kind: 'paused', run: 1, paused: false }]);
  });

  it('the weights of a float64 run keep their precision', async () => {
    let worse = false;
    const { context, events, reports } = stage({
      createEngine(options) {
        const engine = createReferenceEngine(options);
        const predict: Engine['predict'] = (set, positions) => {
          const predictions = engine.predict(set, positions);
          return worse
            ? { ...predictions, predicted: predictions.predicted.fill(999), loss: predictions.loss.fill(9) }
            : predictions;
        };
        return { ...engine, predict };
      },
    });
    const double: Settings = {
      ...settings,
      engine: 'reference',
      precision: 'float64',
      validationShare: 0.2,
      keep: 'best',
      epochs: 1,
      hidden: [4],
    };
    const run = beginRun({ run: 1, dataset, settings: double }, context)!;
    await run.train('end');
    const best = run.engine.readState().layers;
    worse = true;
    await run.extend(1, 'end');
    expect(ofKind(events, 'restored')).toMatchObject([{ epoch: 1 }]);
    expect(run.engine.readState().layers).toEqual(best);
    expect(checkpoints(reports).at(-1)!.layers[0]!.weight).toBeInstanceOf(Float32Array);
  });
});
