// Evaluates a graph symbolically from its input to its outputs, including functions and branches with constant
// conditions.
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

/** Nesting of function calls. */
const DEEPEST_CALL = 20;
/** Limit of evaluated nodes; those of a function count at each call. */
const MAX_STEPS = 20_000;

export class GraphEvaluation {
  private steps = 0;

  constructor(
    private readonly model: OnnxModel,
    private readonly context: GraphContext,
  ) {}

  /** How many nodes were evaluated: among failed attempts, the one that got furthest has the best error message. */
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

  /** Evaluates the nodes that the outputs depend on, each as soon as its inputs are known. */
  private run(graph: Pick<OnnxGraph, 'nodes' | 'outputs' | 'constants'>, scope: Scope, depth: number): void {
    if (depth > DEEPEST_CALL) throw refusal(this.context.file, 'its functions call each other endlessly');
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
        throw refusal(this.context.file, `its graph contains a cycle at the node ${labelOf(later[0]!.node)}`);
      waiting = later;
    }
  }

  private compute(node: OnnxNode, scope: Scope, depth: number): void {
    if (++this.steps > MAX_STEPS)
      throw refusal(this.context.file, `its graph has more than ${MAX_STEPS} nodes, those of its functions included`);
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

  /** If: its condition must be a constant, which selects the branch. */
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
    if (!value) throw refusal(this.context.file, `${user} uses “${name}”, which the file does not contain`);
    return value;
  }
}

/** The named values of a graph, or of one function call. */
class Scope {
  readonly constants = new Map<string, TensorMessage>();
  /** Optional inputs that the function call omits. */
  readonly missing = new Set<string>();
  private readonly values = new Map<string, Value>();

  constructor(
    private readonly outer: Scope | undefined,
    /** Attributes of the function call, to which nodes of the function may refer. */
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
  /** Names of all values that it uses, also in its branches. */
  names: string[];
}

/** The nodes that the outputs depend on, in the order of the file. */
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

/** Names of the inputs of a node and of the nodes in its branches. */
function namesOf({ operator, inputs, attributes }: OnnxNode, file: string, depth: number): string[] {
  if (operator !== 'If') return inputs;
  if (depth > DEEPEST_BRANCH) throw refusal(file, `its If nodes are nested more than ${DEEPEST_BRANCH} deep`);
  const inBranches = [...attributes.values()].flatMap(({ graph }) => {
    if (!graph) return [];
    const { nodes, outputs } = readSubgraph(graph, file);
    return [...outputs, ...nodes.flatMap((node) => namesOf(node, file, depth + 1))];
  });
  return [...inputs, ...inBranches];
}

/** Resolves references to the attributes of the function call. */
function attributesOf({ attributes }: OnnxNode, scope: Scope): Map<string, OnnxAttribute> {
  const entries = [...attributes].flatMap(([name, attribute]): [string, OnnxAttribute][] => {
    const value = attribute.reference === undefined ? attribute : scope.attributes.get(attribute.reference);
    return value ? [[name, value]] : [];
  });
  return new Map(entries);
}
