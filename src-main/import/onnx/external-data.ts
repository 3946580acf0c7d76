// Weights in a file beside the .onnx, as PyTorch writes them by default: fetches those that the model names, and no more than they need.
import { refusal } from '../imported-network';
import type { NeighbourFiles } from '../neighbour-files';
import type { OnnxModel } from './model';
import { byteLengthOf, type TensorMessage } from './tensor-message';

/** Of all together. */
const MOST_BYTES = 1 << 30;

/** Fills in the bytes of all tensors that are in other files. Throws file-unreadable. */
export async function fetchExternalData({ graph, functions }: OnnxModel, neighbours: NeighbourFiles, file: string): Promise<void> {
  const nodes = [...graph.nodes, ...[...functions.values()].flatMap((definition) => definition.nodes)];
  const tensors = [...graph.constants.values(), ...nodes.flatMap(({ attributes }) => [...attributes.values()].flatMap(({ tensor }) => tensor ?? []))];
  let total = 0;
  for (const tensor of tensors.filter(({ external }) => external)) {
    const part = partOf(tensor, file);
    total += part.length;
    if (total > MOST_BYTES) throw refusal(file, `its weights have more than ${MOST_BYTES} bytes`);
    if (tensor.raw || tensor.varints.length > 0) throw refusal(file, `its array “${tensor.name}” has its numbers twice`);
    tensor.raw = await neighbours.read(part.location, part.offset, part.length);
  }
}

function partOf(tensor: TensorMessage, file: string): { location: string; offset: number; length: number } {
  const { name } = tensor;
  const entries = tensor.external!;
  const expected = byteLengthOf(tensor, file);
  const [offset, length] = [wholeNumber(entries.get('offset') ?? '0'), wholeNumber(entries.get('length') ?? String(expected))];
  if (offset === undefined || length !== expected) {
    throw refusal(file, `its array “${name}” is said to be at ${entries.get('offset') ?? '0'} with ${entries.get('length') ?? 'all'} bytes in another file, where its shape and type promise ${expected}`);
  }
  return { location: entries.get('location') ?? '', offset, length };
}

function wholeNumber(text: string): number | undefined {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}
