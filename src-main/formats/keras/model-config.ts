// Reads the layers of a Keras model, in the order of computation, from its stored configuration.
import { refusal } from '../open/imported-network';
import { asObject, type Config } from './config-values';

export interface ConfigLayer {
  className: string;
  name: string;
  config: Config;
  /** Path of its variables in files of Keras 3, such as layers/sequential/layers/dense. */
  path: string;
  /** Names of the nested models that contain it, outermost first. */
  owners: string[];
  /** The number of an arithmetic layer, such as x / 255. `isFirst` if it is the left operand. */
  operand: { value: number; isFirst: boolean } | undefined;
}

interface Model {
  layers: unknown;
  isFunctional: boolean;
}

const DEEPEST = 10;
const MODELS = ['Sequential', 'Functional', 'Model'];

/** @returns undefined for a subclassed model, whose configuration has no layers. Throws file-unreadable. */
export function readModelConfig(text: string, file: string): ConfigLayer[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refusal(file, 'the configuration of its model is not JSON');
  }
  const model = modelOf(value);
  return model && new ConfigReader(file).read(model, '', []);
}

/** @returns undefined if it is not a model that lists its layers */
function modelOf(value: unknown): Model | undefined {
  const { class_name: className, config } = asObject(value);
  if (!MODELS.includes(String(className))) return undefined;
  const layers = Array.isArray(config) ? config : asObject(config)['layers']; // Keras before 2.2.3 had only the list.
  return Array.isArray(layers)
    ? { layers: Array.isArray(config) ? { layers } : config, isFunctional: className !== 'Sequential' }
    : undefined;
}

class ConfigReader {
  constructor(private readonly file: string) {}

  read({ layers: config, isFunctional }: Model, path: string, owners: string[]): ConfigLayer[] {
    if (owners.length > DEEPEST) throw refusal(this.file, 'its models are nested too deep');
    const entries = (asObject(config)['layers'] as unknown[]).map((entry) => asObject(entry));
    const paths = storedPaths(entries, path);
    const inOrder = isFunctional ? this.inOrder(entries, asObject(config)) : entries;
    return inOrder.flatMap((entry) => {
      const model = modelOf(entry);
      const at = paths.get(entry)!;
      const name = nameOf(entry);
      if (model) return this.read(model, `${at}/`, [...owners, name]);
      const layer = {
        className: String(entry['class_name']),
        name,
        config: asObject(entry['config']),
        path: at,
        owners,
      };
      return [{ ...layer, operand: operandOf(entry) }];
    });
  }

  /** Follows the only path from the input to the output. Throws file-unreadable if there are branches. */
  private inOrder(entries: Config[], config: Config): Config[] {
    const sources = new Map(entries.map((entry) => [entry, inboundNames(entry)]));
    const inputs = entries.filter((entry) => sources.get(entry)!.length === 0);
    if (inputs.length !== 1) throw refusal(this.file, `its model has ${inputs.length} inputs: expected one`);
    const branching = entries.find((entry) => sources.get(entry)!.length > 1);
    if (branching) {
      throw refusal(
        this.file,
        `its layer “${nameOf(branching)}” (${String(branching['class_name'])}) has ` +
          `${sources.get(branching)!.length} inputs: expected a chain of layers`,
      );
    }
    const chain = [inputs[0]!];
    while (chain.length <= entries.length) {
      const name = nameOf(chain.at(-1)!);
      const next = entries.filter((entry) => sources.get(entry)![0] === name);
      if (next.length > 1)
        throw refusal(
          this.file,
          `the outputs of its layer “${name}” go to ${next.length} layers: expected a chain of layers`,
        );
      if (next.length === 0) break;
      chain.push(next[0]!);
    }
    const left = entries.filter((entry) => !chain.includes(entry));
    if (left.length > 0)
      throw refusal(
        this.file,
        `its layers ${left.map(nameOf).join(', ')} are not part of a chain from the input to the output`,
      );
    const output = outputNames(config['output_layers']);
    if (output.length !== 1 || output[0] !== nameOf(chain.at(-1)!))
      throw refusal(
        this.file,
        `the output of its model is that of ${output.join(', ')}: expected that of ` +
          `the last layer, “${nameOf(chain.at(-1)!)}”`,
      );
    return chain;
  }
}

/** Keras 3 stores a layer under its class in snake case, numbered from the second of its class on. */
function storedPaths(entries: readonly Config[], prefix: string): Map<Config, string> {
  const used = new Map<string, number>();
  return new Map(
    entries.map((entry) => {
      const name = snakeCase(String(entry['class_name']));
      const count = used.get(name) ?? 0;
      used.set(name, count + 1);
      return [entry, `${prefix}layers/${name}${count === 0 ? '' : `_${count}`}`];
    }),
  );
}

/** Such as p_re_lu for PReLU. A model's class may be called “Functional” or “Model”. */
function snakeCase(className: string): string {
  const plain = className === 'Model' ? 'Functional' : className.replace(/^.*>/, '').replace(/\W/g, '');
  return plain
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/**
 * Names of the layers whose outputs a layer takes, in the formats of Keras 2 and 3. A layer used twice has all of them.
 */
function inboundNames(entry: Config): string[] {
  const names: string[] = [];
  const collect = (value: unknown, depth: number) => {
    if (depth > DEEPEST || typeof value !== 'object' || value === null) return;
    const history = asObject(asObject(value)['config'])['keras_history'];
    if (Array.isArray(history)) {
      names.push(String(history[0]));
    } else if (isReference(value)) {
      names.push(value[0]);
      value.slice(3).forEach((part) => collect(part, depth + 1));
    } else {
      Object.values(value).forEach((part) => collect(part, depth + 1));
    }
  };
  collect(entry['inbound_nodes'], 0);
  return names;
}

/** [layer, node, tensor], as in Keras 2; a fourth element contains further arguments. */
function isReference(value: unknown): value is [string, number, number, ...unknown[]] {
  return (
    Array.isArray(value) &&
    value.length >= 3 &&
    typeof value[0] === 'string' &&
    value[0] !== '_CONSTANT_VALUE' &&
    typeof value[1] === 'number' &&
    typeof value[2] === 'number'
  );
}

function outputNames(value: unknown): string[] {
  if (isReference(value)) return [value[0]];
  return Array.isArray(value)
    ? value.flatMap(outputNames)
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(outputNames)
      : [];
}

function operandOf(entry: Config): ConfigLayer['operand'] {
  const [node] = Array.isArray(entry['inbound_nodes']) ? (entry['inbound_nodes'] as unknown[]) : [];
  const { args } = asObject(node);
  if (Array.isArray(args) && args.length === 2) {
    const [first, second] = args as unknown[];
    if (typeof second === 'number') return { value: second, isFirst: false };
    if (typeof first === 'number') return { value: first, isFirst: true };
  }
  const [reference] = Array.isArray(node) ? (node as unknown[]) : [];
  const { y } = asObject(isReference(node) ? node[3] : isReference(reference) ? reference[3] : undefined);
  return typeof y === 'number' ? { value: y, isFirst: false } : undefined;
}

function nameOf(entry: Config): string {
  const { name, config } = entry;
  return String(name ?? asObject(config)['name'] ?? entry['class_name']);
}
