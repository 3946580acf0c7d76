// Follows a graph from its input to its outputs, node by node, with functions and branches that are known in advance.
import { refusal } from '../open/imported-network';
import {
  DEEPEST_BRANCH,
  readSubgraph,
  type OnnxAttribute,
  type OnnxFunction,
  type OnnxGraph,
  type OnnxModel,
  type OnnxNode,
} from './model';
import { decodedTensor, labelOf, Operation, type GraphContext } from './operation';
import { computed } from './signal-operators';
import type { TensorMessage } from './tensor-message';
import type { Value } from './value';

/** Functions may call functions. */
const DEEPEST_CALL = 20;
/** Of all nodes, each call of a function counted anew. */
const MOST_STEPS = 20_000;

export class GraphEvaluation {
  private steps = 0;

  constructor(
    private readonly model: OnnxModel,
    private readonly context: GraphContext,
  ) {}

  /** How many nodes were computed: of several attempts, the one that got furthest says best what is wrong. */
  get progress(): number {
    return this.steps;
  }

  /** @param input the value of the graph's only input. Throws file-unreadable */
  outputsOf(input: Value): Map<string, Value> {
    const { graph } = this.model;
    const scope = new Scope(undefined, new Map());
    scope.set(graph.inputs[0]!.name, input);
    this.run(graph, scope, 0);
    return new Map(graph.outputs.map((name) => [name, this.valueOf(name, scope, 'the graph')]));
  }

  /** Computes the nodes that the outputs need, each as soon as its inputs are there. */
  private run(graph: Pick<OnnxGraph, 'nodes' | 'outputs' | 'constants'>, scope: Scope, depth: number): void {
    if (depth > DEEPEST_CALL) throw refusal(this.context.file, 'its functions call each other without an end');
    const producers = new Map<string, OnnxNode>();
    for (const node of graph.nodes) {
      for (const name of node.outputs.filter((output) => output !== '')) {
        if (producers.has(name) || scope.has(name) || graph.constants.has(name))
          throw refusal(this.context.file, `two of its values are named “${name}”`);
        producers.set(name, node);
      }
    }
    for (const [name, tensor] of graph.constants) scope.constants.set(name, tensor);
    let waiting = neededNodes(graph, producers, this.context.file);
    while (waiting.length > 0) {
      const later: NeededNode[] = [];
      for (const needed of waiting) {
        if (needed.names.some((name) => producers.has(name) && !scope.has(name))) later.push(needed);
        else this.compute(needed.node, scope, depth);
      }
      if (later.length === waiting.length)
        throw refusal(this.context.file, `its graph leads in a circle at the node ${labelOf(later[0]!.node)}`);
      waiting = later;
    }
  }

  private compute(node: OnnxNode, scope: Scope, depth: number): void {
    if (++this.steps > MOST_STEPS)
      throw refusal(this.context.file, `its graph has more than ${MOST_STEPS} nodes, those of its functions included`);
    const inputs = node.inputs.map((name) =>
      name === '' || scope.missing.has(name) ? undefined : this.valueOf(name, scope, `its node ${labelOf(node)}`),
    );
    const operation = new Operation(node, inputs, attributesOf(node, scope), this.context);
    const called = this.model.functions.get(node.operator);
    const values =
      node.operator === 'If'
        ? this.branch(operation, scope, depth)
        : called
          ? this.call(called, operation, depth)
          : computed(operation);
    for (const [index, name] of node.outputs.entries()) {
      const value = values[index];
      if (name !== '' && value) scope.set(name, value);
    }
  }

  private call({ nodes, inputs, outputs, defaults }: OnnxFunction, operation: Operation, depth: number): Value[] {
    const scope = new Scope(undefined, new Map([...defaults, ...operation.attributes]));
    for (const [index, name] of inputs.entries()) {
      const value = operation.inputs[index];
      if (value) scope.set(name, value);
      else scope.missing.add(name);
    }
    this.run({ nodes, outputs, constants: new Map() }, scope, depth + 1);
    return outputs.map((name) => this.valueOf(name, scope, `its node ${operation.label}`));
  }

  /** A condition that is a constant leaves one branch. */
  private branch(operation: Operation, outer: Scope, depth: number): Value[] {
    const isTrue = operation.constant(0).values[0] !== 0;
    const bytes = operation.graph(isTrue ? 'then_branch' : 'else_branch');
    if (!bytes) throw operation.refuse('has no branch for its condition');
    const graph = readSubgraph(bytes, this.context.file);
    const scope = new Scope(outer, outer.attributes);
    this.run(graph, scope, depth + 1);
    return graph.outputs.map((name) => this.valueOf(name, scope, `its node ${operation.label}`));
  }

  private valueOf(name: string, scope: Scope, user: string): Value {
    const value = scope.get(name, this.context);
    if (!value) throw refusal(this.context.file, `${user} takes “${name}”, which the file does not have`);
    return value;
  }
}

/** The values of a graph, or of one call of a function. */
class Scope {
  readonly constants = new Map<string, TensorMessage>();
  /** Inputs of a function that its call leaves out. */
  readonly missing = new Set<string>();
  private readonly values = new Map<string, Value>();

  constructor(
    private readonly outer: Scope | undefined,
    /** Of the call, for the nodes of a function that refer to them. */
    readonly attributes: ReadonlyMap<string, OnnxAttribute>,
  ) {}

  has(name: string): boolean {
    return this.values.has(name);
  }

  set(name: string, value: Value): void {
    this.values.set(name, value);
  }

  get(name: string, context: GraphContext): Value | undefined {
    const tensor = this.constants.get(name);
    return this.values.get(name) ?? (tensor ? decodedTensor(tensor, context) : this.outer?.get(name, context));
  }
}

interface NeededNode {
  node: OnnxNode;
  /** All values that it takes, in its branches too. */
  names: string[];
}

/** In the order of the file. */
function neededNodes(
  { nodes, outputs }: Pick<OnnxGraph, 'nodes' | 'outputs'>,
  producers: ReadonlyMap<string, OnnxNode>,
  file: string,
): NeededNode[] {
  const needed = new Map<OnnxNode, string[]>();
  const pending = [...outputs];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const node = producers.get(name);
    if (!node || needed.has(node)) continue;
    const names = namesOf(node, file, 0);
    needed.set(node, names);
    for (const input of names) pending.push(input);
  }
  return nodes.flatMap((node) => (needed.has(node) ? [{ node, names: needed.get(node)! }] : []));
}

/** The inputs of a node, and those of the nodes in its branches. */
function namesOf({ operator, inputs, attributes }: OnnxNode, file: string, depth: number): string[] {
  if (operator !== 'If') return inputs;
  if (depth > DEEPEST_BRANCH) throw refusal(file, `it has nodes If in each other, more than ${DEEPEST_BRANCH} deep`);
  const inBranches = [...attributes.values()].flatMap(({ graph }) => {
    if (!graph) return [];
    const { nodes, outputs } = readSubgraph(graph, file);
    return [...outputs, ...nodes.flatMap((node) => namesOf(node, file, depth + 1))];
  });
  return [...inputs, ...inBranches];
}

/** With the values of those that refer to an attribute of the function's call. */
function attributesOf({ attributes }: OnnxNode, scope: Scope): Map<string, OnnxAttribute> {
  const entries = [...attributes].flatMap(([name, attribute]): [string, OnnxAttribute][] => {
    const value = attribute.reference === undefined ? attribute : scope.attributes.get(attribute.reference);
    return value ? [[name, value]] : [];
  });
  return new Map(entries);
}
