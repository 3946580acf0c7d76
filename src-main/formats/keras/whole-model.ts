// Imports a model that is stored with its configuration: .keras of Keras 3, and .h5 of Keras 2 and 3.
import { onlyCandidate, refusal, type NetworkFile } from '../open/imported-network';
import type { NumberArray } from '../open/number-types';
import { assembleNetwork } from '../open/network-metadata';
import { pixelsOf } from '../open/pixel-scaling';
import type { Shape } from './features';
import { LayerReader } from './layer-steps';
import type { ConfigLayer } from './model-config';
import { chainOf, roundedLayers, type Step } from './steps';
import { lastPart, toArray, type StoredLayer, type StoredVariable } from './stored-variables';

const HALF_PRECISION = /float16/;

/** @param stored all variables of the file: each must belong to one of the layers. Throws file-unreadable. */
export function readWholeModel(
  layers: readonly ConfigLayer[],
  stored: readonly StoredLayer[],
  file: string,
): NetworkFile {
  const notes: string[] = [];
  const variables = new VariableFinder(stored, file, notes);
  const reader = new LayerReader(file, (layer, roles) => variables.read(layer, roles));
  const steps: Step[] = [];
  let shape: Shape;
  let inputShape: Shape;
  for (const layer of layers) {
    const read = reader.read(layer, shape);
    steps.push(...read.steps);
    shape = read.shape;
    if (steps.length === 0) inputShape ??= shape;
  }
  variables.checkAllUsed();
  const chain = chainOf(steps, file);
  notes.push(...chain.notes);
  if (layers.some(({ config }) => HALF_PRECISION.test(JSON.stringify(config['dtype'] ?? '')))) {
    notes.push('Its program computes with 16 bits. Here all numbers are float32, so a few predictions may differ.');
  }
  const rounded = roundedLayers(chain, file);
  const stated = {
    activation: chain.activation,
    leakySlope: chain.leakySlope,
    pixels: chain.pixelChange && pixelsOf(chain.pixelChange),
  };
  const network = assembleNetwork(file, onlyCandidate(rounded), undefined, notes, stated);
  return { ...network, imageShape: imageShapeOf(inputShape, chain.layers[0]!.inputs) };
}

/** Ignores a channel axis of length 1, which may be first or last. */
function imageShapeOf(shape: Shape, inputs: number): [number, number] | undefined {
  const sides = shape?.filter((side, k) => side !== 1 || (k > 0 && k < shape.length - 1));
  const [rows, columns] = sides ?? [];
  return sides?.length === 2 && rows! * columns! === inputs ? [rows!, columns!] : undefined;
}

class VariableFinder {
  private readonly used = new Set<StoredVariable>();

  constructor(
    private readonly stored: readonly StoredLayer[],
    private readonly file: string,
    private readonly notes: string[],
  ) {}

  /** @param roles in the order in which Keras creates them */
  read(layer: ConfigLayer, roles: readonly string[]): NumberArray[] {
    const found = this.find(layer);
    const isNumbered = found.every(({ key }) => /^\d+$/.test(key));
    const ordered = isNumbered
      ? roles.map((_, k) => found[k])
      : roles.map((role) => found.find(({ key }) => key === role));
    if (found.length !== roles.length || ordered.includes(undefined)) {
      const names = found.map(({ path }) => path).join(', ');
      throw refusal(
        this.file,
        `its layer “${layer.name}” (${layer.className}) has ${found.length} variables (${names || 'none'}): ` +
          `expected ${roles.join(', ')}`,
      );
    }
    return ordered.map((variable) => {
      this.used.add(variable!);
      const isCounter = variable!.key === 'count' || roles[Number(variable!.key)] === 'count';
      return isCounter
        ? { name: variable!.path, shape: [], values: new Float32Array(1) }
        : toArray(variable!, this.file, this.notes);
    });
  }

  checkAllUsed(): void {
    const left = this.stored.flatMap(({ variables }) => variables).filter((variable) => !this.used.has(variable));
    if (left.length > 0)
      throw refusal(
        this.file,
        `its variables ${left.map(({ path }) => path).join(', ')} belong to no layer of its configuration`,
      );
  }

  private find({ name, path, owners }: ConfigLayer): StoredVariable[] {
    const byClass = this.stored.find((layer) => layer.path === path);
    if (byClass) return byClass.variables;
    // Keras 2: everything in the group of the outermost layer; for nested layers, only the subgroup with its name.
    const outermost = owners[0] ?? name;
    const inGroup = this.stored.filter((layer) => layer.path.split('/')[0] === outermost);
    return inGroup
      .filter((layer) => owners.length === 0 || lastPart(layer.path) === name)
      .flatMap(({ variables }) => variables);
  }
}
