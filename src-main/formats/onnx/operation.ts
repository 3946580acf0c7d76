// A node about to be computed: its inputs, its attributes, and the sentence that refuses it.
import { refusal } from '../open/imported-network';
import type { OnnxAttribute, OnnxNode } from './model';
import type { Signal } from './signal';
import type { Tensor } from './tensor';
import { decodeTensor, type TensorMessage } from './tensor-message';
import type { Value } from './value';

/** What the nodes of one file share. */
export interface GraphContext {
  file: string;
  operatorSet: number;
  /** How many numbers may still be computed out of constants. */
  budget: number;
  /** Constants that were read before. */
  decoded: Map<TensorMessage, Tensor>;
  /** What nodes made of constants, for the next time that the graph is followed. */
  folded: Map<OnnxNode, Folded>;
}

interface Folded {
  inputs: readonly (Value | undefined)[];
  value: Tensor;
}

const PRODUCTS_PER_NUMBER = 256;

export class Operation {
  constructor(
    readonly node: OnnxNode,
    /** undefined: an optional input that is left out */
    readonly inputs: readonly (Value | undefined)[],
    readonly attributes: ReadonlyMap<string, OnnxAttribute>,
    readonly context: GraphContext,
  ) {}

  get label(): string {
    return labelOf(this.node);
  }

  get operatorSet(): number {
    return this.context.operatorSet;
  }

  /** @param reason what the node does, as the rest of a sentence */
  refuse(reason: string): Error {
    return refusal(this.context.file, `its node ${this.label} ${reason}`);
  }

  has(name: string): boolean {
    return this.attributes.has(name);
  }

  integer(name: string, fallback: number): number {
    return this.attributes.get(name)?.integer ?? fallback;
  }

  float(name: string, fallback: number): number {
    return this.attributes.get(name)?.float ?? fallback;
  }

  text(name: string, fallback: string): string {
    return this.attributes.get(name)?.text ?? fallback;
  }

  integers(name: string): number[] | undefined {
    return this.attributes.get(name)?.integers;
  }

  floats(name: string): number[] | undefined {
    return this.attributes.get(name)?.floats;
  }

  texts(name: string): string[] | undefined {
    return this.attributes.get(name)?.texts;
  }

  graph(name: string): Uint8Array | undefined {
    return this.attributes.get(name)?.graph;
  }

  tensor(name: string): Tensor | undefined {
    const tensor = this.attributes.get(name)?.tensor;
    return tensor && decodedTensor(tensor, this.context);
  }

  signal(index: number): Signal {
    const value = this.inputs[index];
    if (value?.kind !== 'signal') throw this.refuse('has a constant where the images are expected');
    return value;
  }

  /** @returns undefined if the input is left out */
  optionalConstant(index: number): Tensor | undefined {
    const value = this.inputs[index];
    if (value && value.kind !== 'constant')
      throw this.refuse(`computes its input ${index + 1} from the image, where a constant is expected`);
    if (value?.texts) throw this.refuse('has texts where numbers are expected');
    return value;
  }

  constant(index: number): Tensor {
    const value = this.optionalConstant(index);
    if (!value) throw this.refuse(`lacks its input ${index + 1}`);
    return value;
  }

  /**
   * Whole numbers: an attribute in older operator sets, an input in newer ones.
   * @returns undefined if there are none
   */
  integersOf(name: string, index: number): number[] | undefined {
    const given = this.optionalConstant(index);
    return given ? [...given.values] : this.integers(name);
  }

  /** Numbers that are made of constants need memory, so a file cannot ask for any number of them. */
  take(count: number): void {
    this.context.budget -= count;
    if (!(this.context.budget >= 0)) throw this.refuse('makes more numbers out of constants than a network needs');
  }

  /** Nor for any time. */
  takeProducts(count: number): void {
    this.take(count / PRODUCTS_PER_NUMBER);
  }
}

/** Each constant is read once, however often the graph is followed. */
export function decodedTensor(tensor: TensorMessage, { decoded, file }: GraphContext): Tensor {
  const found = decoded.get(tensor) ?? decodeTensor(tensor, file);
  decoded.set(tensor, found);
  return found;
}

/** “name” (Kind); a node without a name is called after what it gives. */
export function labelOf({ name, operator, outputs }: OnnxNode): string {
  return `“${name || (outputs[0] ?? '')}” (${operator})`;
}
