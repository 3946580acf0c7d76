// Imports a network from ONNX: evaluates symbolically what the graph does to the pixels, and accepts it if that is a
// chain of linear layers with one activation.
import { StudioError } from '../../../src-shared/errors';
import { onlyCandidate, refusal, type NetworkFile } from '../open/imported-network';
import { noNeighbours, type NeighbourFiles } from '../open/neighbour-files';
import { metadataFromTexts } from '../open/metadata';
import { assembleNetwork } from '../open/network-metadata';
import { GraphEvaluation } from './evaluate-graph';
import { fetchExternalData } from './external-data';
import { networkOf, type GraphNetwork } from './graph-network';
import { interpretationsOf } from './input-interpretations';
import { readOnnxModel, type OnnxInput, type OnnxModel } from './model';
import type { GraphContext } from './operation';

/** Numbers that may be computed from constants besides one for each byte of the file, in all attempts together. */
const SPARE_NUMBERS = 1 << 22;
const BOOLEAN = 9;

/** @param neighbours give access to weights in other files. Throws file-unreadable */
export async function importOnnx(
  bytes: Uint8Array,
  file: string,
  neighbours: NeighbourFiles = noNeighbours(file),
): Promise<NetworkFile> {
  const model = readOnnxModel(bytes, file);
  const outside = await fetchExternalData(model, neighbours, file);
  const { layers, notes, ...stated } = interpret(model, bytes.length + outside, file);
  const metadata = metadataFromTexts(model.metadata);
  return assembleNetwork(file, onlyCandidate(layers), metadata, notes, stated);
}

/**
 * Tries every interpretation of the input. If all fail, throws the error of the one that got furthest.
 * @param size of the file and its external weights, in bytes
 */
function interpret(model: OnnxModel, size: number, file: string): GraphNetwork {
  const input = onlyInput(model, file);
  const context: GraphContext = {
    file,
    operatorSet: model.operatorSet,
    budget: size + SPARE_NUMBERS,
    decoded: new Map(),
    folded: new Map(),
  };
  let furthest: { error: unknown; progress: number } | undefined;
  for (const signal of interpretationsOf(input, model)) {
    const evaluation = new GraphEvaluation(model, context);
    try {
      return networkOf(evaluation.outputsOf(signal), signal.isInteger, file);
    } catch (error) {
      if (!(error instanceof StudioError) || context.budget < 0) throw error;
      if (!furthest || evaluation.progress > furthest.progress) furthest = { error, progress: evaluation.progress };
    }
  }
  throw furthest?.error ?? refusal(file, 'none of the axes of its input can hold the pixels');
}

function onlyInput({ graph }: OnnxModel, file: string): OnnxInput {
  const [input, ...others] = graph.inputs;
  if (!input || others.length > 0) throw refusal(file, `its graph has ${graph.inputs.length} inputs: expected one`);
  if (input.type === BOOLEAN) throw refusal(file, 'its input is boolean: expected numbers');
  return input;
}
