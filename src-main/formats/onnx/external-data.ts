// Weights in a file beside the .onnx, where PyTorch stores them by default: reads only the ranges that the model names.
import { refusal } from '../open/imported-network';
import type { NeighbourFiles } from '../open/neighbour-files';
import { DEEPEST_BRANCH, readSubgraph, type OnnxModel, type OnnxNode } from './model';
import { byteLengthOf, type TensorMessage } from './tensor-message';

/** Limit for all external weights together. */
const MAX_BYTES = 1 << 30;

/** Loads the bytes of all tensors that are in other files. @returns their total length. Throws file-unreadable. */
export async function fetchExternalData(
  { graph, functions }: OnnxModel,
  neighbours: NeighbourFiles,
  file: string,
): Promise<number> {
  const nodes = [...graph.nodes, ...[...functions.values()].flatMap((definition) => definition.nodes)];
  const tensors = [...graph.constants.values(), ...nodes.flatMap((node) => tensorsOf(node, file, 0))];
  const parts = tensors.flatMap((tensor) => (tensor.external ? [{ tensor, ...partOf(tensor, file) }] : []));
  const total = parts.reduce((sum, { length }) => sum + length, 0);
  if (total > MAX_BYTES) throw refusal(file, `its weights have ${total} bytes: at most ${MAX_BYTES} can be used`);
  for (const { tensor, location, offset, length } of parts)
    tensor.raw = await neighbours.read(location, offset, length);
  return total;
}

/** The tensors in a node's attributes and in its branches. */
function tensorsOf({ operator, attributes }: OnnxNode, file: string, depth: number): TensorMessage[] {
  return [...attributes.values()].flatMap(({ tensor, graph }) => {
    const own = tensor ? [tensor] : [];
    // Deeper branches are refused later, if an output depends on them.
    if (!graph || operator !== 'If' || depth > DEEPEST_BRANCH) return own;
    const { nodes, constants } = readSubgraph(graph, file);
    return [...own, ...constants.values(), ...nodes.flatMap((node) => tensorsOf(node, file, depth + 1))];
  });
}

function partOf(tensor: TensorMessage, file: string): { location: string; offset: number; length: number } {
  const { name } = tensor;
  if (tensor.raw || tensor.varints.length > 0) throw refusal(file, `its array “${name}” has its numbers twice`);
  const entries = tensor.external!;
  const expected = byteLengthOf(tensor, file);
  const [offset, length] = [
    wholeNumber(entries.get('offset') ?? '0'),
    wholeNumber(entries.get('length') ?? String(expected)),
  ];
  if (offset === undefined || length !== expected) {
    throw refusal(
      file,
      `its array “${name}” is said to be at ${entries.get('offset') ?? '0'} with ` +
        `${entries.get('length') ?? 'all'} bytes in another file, but its shape and type promise ${expected}`,
    );
  }
  return { location: entries.get('location') ?? '', offset, length };
}

function wholeNumber(text: string): number | undefined {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}
