// Collects the histograms of all layers' activations, which the trainer sends one layer at a time.
import type { TestActivations } from '../../src-shared/runs/predictions';
import { activationHistogram, type Histogram } from './histogram';
import type { LayerActivation } from './units';

export interface LayerActivity {
  /** Epochs trained when it was measured, fractional. */
  epochs: number;
  histogram: Histogram;
}

export class ActivationHistograms {
  #run: number | undefined;
  #newest: TestActivations | undefined;
  #layers: readonly (LayerActivity | undefined)[] = [];

  /** Adds the latest activations. @returns [layers]; undefined for layers of this run that were not measured yet */
  with(
    run: number,
    activations: TestActivations | undefined,
    activationOf: (layer: number) => LayerActivation,
  ): readonly (LayerActivity | undefined)[] {
    if (run !== this.#run) [this.#run, this.#newest, this.#layers] = [run, undefined, []];
    if (activations && activations !== this.#newest) {
      const { layer, epochs } = activations;
      const layers = [...this.#layers];
      layers[layer] = { epochs, histogram: activationHistogram(activations, activationOf(layer)) };
      [this.#newest, this.#layers] = [activations, layers];
    }
    return this.#layers;
  }
}

/**
 * The layer to request next: the one whose histogram is missing or oldest. So every layer gets its turn even if epochs
 * are short.
 * @param layers number of layers in the network
 * @param epoch the last complete epoch
 * @returns undefined if all histograms are at least as new as `epoch`
 */
export function staleLayer(
  known: readonly (LayerActivity | undefined)[],
  layers: number,
  epoch: number,
): number | undefined {
  const epochs = Array.from({ length: layers }, (_, layer) => known[layer]?.epochs ?? -1);
  const oldest = Math.min(...epochs);
  // Fractional epochs are sums, so they are not exact.
  return oldest < epoch - 1e-6 ? epochs.indexOf(oldest) : undefined;
}
