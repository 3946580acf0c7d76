// Which of several orders of a file's layers is meant: the one that reads the trial images clearly best.
import type { LayerWeights } from '../../src-shared/contract';
import { percent } from '../../src-shared/percent';
import type { PixelScaling } from '../../src-shared/pixel-scaling';
import { accuracyOf, bestOf, isClearlyBetter } from './compare-attempts';
import { refusal, type Candidate } from './imported-network';
import { MOST_PRODUCTS, tryNetwork, type Attempt, type Hidden, type Trial } from './trial';

export interface Ordered {
  layers: LayerWeights[];
  /** undefined if there was only one. */
  order: string | undefined;
  notes: string[];
}

/** Orders that are compared on as many images as one network is tried on. */
const MOST_COMPARED = 3;
/** Products that all orders together may take before that. */
const FIRST_PRODUCTS = 3 * MOST_PRODUCTS;

interface Tried {
  candidate: Candidate;
  /** undefined if the network is too large to be tried */
  best: Attempt | undefined;
}

/** @param candidates at least one; all fit the images. Throws file-unreadable if several read the images about as well. */
export function chooseOrder(candidates: readonly Candidate[], hiddens: readonly Hidden[], scalings: readonly PixelScaling[], trial: Trial, file: string): Ordered {
  const [only, ...others] = candidates as [Candidate, ...Candidate[]];
  if (others.length === 0) return { layers: only.layers(), order: undefined, notes: [] };
  const ranked = (compared: readonly Candidate[], mostProducts: number) => {
    const tried = compared.map((candidate): Tried => {
      const attempts = tryNetwork(candidate.layers(), hiddens, scalings, trial, mostProducts);
      return { candidate, best: attempts.length > 0 ? bestOf(attempts) : undefined };
    });
    return tried.sort((a, b) => shareOf(b) - shareOf(a));
  };
  // Many orders are first compared on few images, so that all of them together take a few seconds.
  const isMany = candidates.length > MOST_COMPARED;
  const likely = isMany ? ranked(candidates, FIRST_PRODUCTS / candidates.length).slice(0, MOST_COMPARED).map(({ candidate }) => candidate) : candidates;
  const [first, second] = ranked(likely, MOST_PRODUCTS) as [Tried, Tried];
  const isClear = first.best && second.best && isClearlyBetter(first.best, second.best, trial.dataset.classNames.length);
  if (!isClear) throw refusal(file, `its layers fit each other in more than one way: ${candidates.map(({ description }) => description).join('; or ')}. ${NAMES}`);
  const { description } = first.candidate;
  const figures = `${percent(shareOf(first))} of ${first.best!.isRight.length} training images right, and ${percent(shareOf(second))} in the next best order`;
  return { layers: first.candidate.layers(), order: description, notes: [`Its layers fit each other in more than one way. They were taken as ${description}, which reads ${figures}.`] };
}

const NAMES = 'Names such as fc1.weight [out, in] and fc2.weight would say which is meant';

function shareOf({ best }: Tried): number {
  return best ? accuracyOf(best) : 0;
}
