// A network out of ONNX: computes what its graph does to the pixels, and takes it if that is a chain of linear layers
// with one activation.
import { StudioError } from '../../../src-shared/errors';
import { onlyCandidate, refusal, type NetworkFile } from '../open/imported-network';
import { noNeighbours, type NeighbourFiles } from '../open/neighbour-files';
import { metadataFromTexts } from '../open/metadata';
import { assembleNetwork } from '../open/network-metadata';
import { GraphEvaluation } from './evaluate-graph';
import { fetchExternalData } from './external-data';
import { networkOf, type GraphNetwork } from './graph-network';
import { readingsOf } from './input-readings';
import { readOnnxModel, type OnnxInput, type OnnxModel } from './model';
import type { GraphContext } from './operation';

/**
 * Numbers that may be computed out of constants beside one for each byte of the file: in all readings of the input
 * together.
 */
const SPARE_NUMBERS = 1 << 22;
const BOOLEAN = 9;

/** @param neighbours where weights in other files are. Throws file-unreadable */
export async function importOnnx(
  bytes: Uint8Array,
  file: string,
  neighbours: NeighbourFiles = noNeighbours(file),
): Promise<NetworkFile> {
  const model = readOnnxModel(bytes, file);
  const outside = await fetchExternalData(model, neighbours, file);
  const { layers, notes, ...stated } = understood(model, bytes.length + outside, file);
  const metadata = metadataFromTexts(model.metadata);
  return assembleNetwork(file, onlyCandidate(layers), metadata, notes, stated);
}

/**
 * Tries what the input may stand for. Of several failures, the one that got furthest says best what is wrong.
 * @param size of the file and its weights elsewhere, in bytes
 */
function understood(model: OnnxModel, size: number, file: string): GraphNetwork {
  const input = onlyInput(model, file);
  const context: GraphContext = {
    file,
    operatorSet: model.operatorSet,
    budget: size + SPARE_NUMBERS,
    decoded: new Map(),
    folded: new Map(),
  };
  let furthest: { error: unknown; progress: number } | undefined;
  for (const signal of readingsOf(input, model)) {
    const evaluation = new GraphEvaluation(model, context);
    try {
      return networkOf(evaluation.outputsOf(signal), signal.isInteger, file);
    } catch (error) {
      if (!(error instanceof StudioError) || context.budget < 0) throw error;
      if (!furthest || evaluation.progress > furthest.progress) furthest = { error, progress: evaluation.progress };
    }
  }
  throw furthest?.error ?? refusal(file, 'its input has no side for pixels, or for more than can be used');
}

function onlyInput({ graph }: OnnxModel, file: string): OnnxInput {
  const [input, ...others] = graph.inputs;
  if (!input || others.length > 0)
    throw refusal(file, `its graph has ${graph.inputs.length} inputs, where one is expected`);
  if (input.type === BOOLEAN)
    throw refusal(file, 'its input takes pixels that are on or off, where numbers are expected');
  return input;
}
