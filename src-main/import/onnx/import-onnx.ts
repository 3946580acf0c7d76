// A network out of ONNX: computes what its graph does to the pixels, and takes it if that is a chain of linear layers with one activation.
import { StudioError } from '../../../src-shared/errors';
import { onlyCandidate, refusal, type NetworkFile } from '../imported-network';
import { noNeighbours, type NeighbourFiles } from '../neighbour-files';
import { assembleNetwork, metadataFromTexts } from '../network-metadata';
import { GraphEvaluation } from './evaluate-graph';
import { fetchExternalData } from './external-data';
import { networkOf, type GraphNetwork } from './graph-network';
import { readingsOf } from './input-readings';
import { readOnnxModel, type OnnxInput, type OnnxModel } from './model';
import type { Tensor } from './tensor';
import type { TensorMessage } from './tensor-message';

/** Numbers that may be computed out of constants beside one for each byte of the file. */
const SPARE_NUMBERS = 1 << 22;
const BOOLEAN = 9;

/** @param neighbours where weights in other files are. Throws file-unreadable */
export async function importOnnx(bytes: Uint8Array, file: string, neighbours: NeighbourFiles = noNeighbours(file)): Promise<NetworkFile> {
  const model = readOnnxModel(bytes, file);
  await fetchExternalData(model, neighbours, file);
  const { layers, classNames, notes, ...stated } = understood(model, bytes.length, file);
  const metadata = metadataFromTexts(model.metadata);
  const named = classNames && metadata?.['classNames'] === undefined ? { ...metadata, classNames } : metadata;
  return assembleNetwork(file, onlyCandidate(layers), named, notes, stated);
}

/** Tries what the input may stand for. Of several failures, the one that got furthest says best what is wrong. */
function understood(model: OnnxModel, size: number, file: string): GraphNetwork {
  const input = onlyInput(model, file);
  const decoded = new Map<TensorMessage, Tensor>();
  let furthest: { error: unknown; progress: number } | undefined;
  for (const signal of readingsOf(input, model)) {
    const evaluation = new GraphEvaluation(model, { file, operatorSet: model.operatorSet, budget: budgetOf(model, size), decoded });
    try {
      return networkOf(evaluation.outputsOf(signal), signal.isInteger, file);
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
      if (!furthest || evaluation.progress > furthest.progress) furthest = { error, progress: evaluation.progress };
    }
  }
  throw furthest?.error ?? refusal(file, 'its input has no side for pixels, or for more than can be used');
}

function onlyInput({ graph }: OnnxModel, file: string): OnnxInput {
  const [input, ...others] = graph.inputs;
  if (!input || others.length > 0) throw refusal(file, `its graph has ${graph.inputs.length} inputs, where one is expected`);
  if (input.type === BOOLEAN) throw refusal(file, 'its input takes pixels that are on or off, where numbers are expected');
  return input;
}

function budgetOf({ graph }: OnnxModel, size: number): number {
  const outside = [...graph.constants.values()].reduce((sum, { external, raw }) => sum + (external ? raw!.length : 0), 0);
  return size + outside + SPARE_NUMBERS;
}
