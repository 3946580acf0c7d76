// A node that is being evaluated: its inputs, its attributes, and errors that name it.
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
  /** How many numbers may still be computed from constants. */
  budget: number;
  /** Constants that have been decoded. */
  decoded: Map<TensorMessage, Tensor>;
  /** Results of constant folding, for the next evaluation of the graph. */
  folded: Map<OnnxNode, Folded>;
}

interface Folded {
  inputs: readonly (Value | undefined)[];
  value: Tensor;
}

/** A multiplication counts as this share of a number in the budget. */
const PRODUCTS_PER_NUMBER = 256;

export class Operation {
  constructor(
    readonly node: OnnxNode,
    /** undefined stands for an omitted optional input. */
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

  /** @param reason a predicate: the error says “its node X ‹reason›” */
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

  /** @returns undefined if the input is omitted */
  optionalConstant(index: number): Tensor | undefined {
    const value = this.inputs[index];
    if (value && value.kind !== 'constant')
      throw this.refuse(`computes its input ${index + 1} from the image: expected a constant`);
    if (value?.texts) throw this.refuse('has texts where numbers are expected');
    return value;
  }

  constant(index: number): Tensor {
    const value = this.optionalConstant(index);
    if (!value) throw this.refuse(`lacks its input ${index + 1}`);
    return value;
  }

  /**
   * Integers that are an attribute in older operator sets and an input in newer ones.
   * @returns undefined if there are none
   */
  integersOf(name: string, index: number): number[] | undefined {
    const given = this.optionalConstant(index);
    return given ? [...given.values] : this.integers(name);
  }

  /** Charges the budget for numbers computed from constants, so that a file cannot demand unlimited memory. */
  take(count: number): void {
    this.context.budget -= count;
    if (!(this.context.budget >= 0)) throw this.refuse('computes more numbers from constants than a network needs');
  }

  /** Charges the budget for multiplications, so that a file cannot demand unlimited time. */
  takeProducts(count: number): void {
    this.take(count / PRODUCTS_PER_NUMBER);
  }
}

/** Decodes each constant once, however often the graph is evaluated. */
export function decodedTensor(tensor: TensorMessage, { decoded, file }: GraphContext): Tensor {
  const found = decoded.get(tensor) ?? decodeTensor(tensor, file);
  decoded.set(tensor, found);
  return found;
}

/** “name” (Operator). A node without a name is called after its first output. */
export function labelOf({ name, operator, outputs }: OnnxNode): string {
  return `“${name || (outputs[0] ?? '')}” (${operator})`;
}
