// The histograms of all layers' activations, of which the trainer tells one layer at a time. Pure but for what it
// remembers.
import type { TestActivations } from '../../src-shared/runs/predictions';
import { activationHistogram, type Histogram } from './histogram';
import type { Bend } from './units';

export interface LayerActivity {
  /** Epochs trained when it was measured, with their fraction. */
  epochs: number;
  histogram: Histogram;
}

export class ActivationHistograms {
  #run: number | undefined;
  #newest: TestActivations | undefined;
  #layers: readonly (LayerActivity | undefined)[] = [];

  /** Adds what came last. @returns [layers]; undefined where a layer of this run was not yet told of */
  with(
    run: number,
    activations: TestActivations | undefined,
    bendOf: (layer: number) => Bend,
  ): readonly (LayerActivity | undefined)[] {
    if (run !== this.#run) [this.#run, this.#newest, this.#layers] = [run, undefined, []];
    if (activations && activations !== this.#newest) {
      const { layer, epochs } = activations;
      const layers = [...this.#layers];
      layers[layer] = { epochs, histogram: activationHistogram(activations, bendOf(layer)) };
      [this.#newest, this.#layers] = [activations, layers];
    }
    return this.#layers;
  }
}

/**
 * The layer to ask for next: the one whose histogram is missing or the oldest, so that none waits for ever where epochs
 * are short.
 * @param layers how many the network has
 * @param epoch the newest whole one. @returns undefined where all are as new as that
 */
export function staleLayer(
  known: readonly (LayerActivity | undefined)[],
  layers: number,
  epoch: number,
): number | undefined {
  const epochs = Array.from({ length: layers }, (_, layer) => known[layer]?.epochs ?? -1);
  const oldest = Math.min(...epochs);
  // Epochs are sums of fractions.
  return oldest < epoch - 1e-6 ? epochs.indexOf(oldest) : undefined;
}
