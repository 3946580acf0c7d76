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
  const parts = tensors.flatMap((tensor) => (tensor.external ? [{ tensor, ...partOf(tensor, file) }] : []));
  const total = parts.reduce((sum, { length }) => sum + length, 0);
  if (total > MOST_BYTES) throw refusal(file, `its weights have ${total} bytes, where at most ${MOST_BYTES} can be used`);
  for (const { tensor, location, offset, length } of parts) tensor.raw = await neighbours.read(location, offset, length);
}

function partOf(tensor: TensorMessage, file: string): { location: string; offset: number; length: number } {
  const { name } = tensor;
  if (tensor.raw || tensor.varints.length > 0) throw refusal(file, `its array “${name}” has its numbers twice`);
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
