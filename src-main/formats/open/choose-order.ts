// Which of several orders of a file's layers is meant: the one that reads the trial images clearly best.
import type { LayerWeights } from '../../../src-shared/networks/layers';
import { percent } from '../../../src-shared/percent';
import type { PixelScaling } from '../../../src-shared/networks/pixel-scaling';
import { accuracyOf, bestOf, isClearlyBetter } from './compare-attempts';
import { refusal, type Candidate } from './imported-network';
import { MOST_PRODUCTS, tryNetwork, type Attempt, type Hidden, type Trial } from './trial';

export interface Ordered {
  candidate: Candidate;
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

/**
 * @param candidates at least one; all fit the images. Throws file-unreadable if several read the images about as well.
 */
export function chooseOrder(
  candidates: readonly Candidate[],
  hiddens: readonly Hidden[],
  scalings: readonly PixelScaling[],
  trial: Trial,
  file: string,
): Ordered {
  const [only, ...others] = candidates as [Candidate, ...Candidate[]];
  if (others.length === 0) return { candidate: only, layers: only.layers(), order: undefined, notes: [] };
  // Many orders are first compared on few images, so that all of them together take a few seconds.
  const isMany = candidates.length > MOST_COMPARED;
  const likely = isMany
    ? rank(candidates, FIRST_PRODUCTS / candidates.length)
        .slice(0, MOST_COMPARED)
        .map(({ candidate }) => candidate)
    : candidates;
  const ranked = rank(likely, MOST_PRODUCTS);
  const [first] = ranked as [Tried];
  const { candidate } = first;
  const isOfOrder = (one: Tried) => one.candidate.description === candidate.description;
  const second = ranked.find((one) => !isOfOrder(one));
  const isClear =
    !second || (first.best && second.best && isClearlyBetter(first.best, second.best, trial.dataset.classNames.length));
  const descriptions = [...new Set(candidates.map(({ description }) => description))];
  if (!isClear)
    throw refusal(file, `its layers fit each other in more than one way: ${descriptions.join('; or ')}. ${NAMES}`);
  const notes = [
    ...(second ? [orderNote(first, second)] : []),
    ...statisticsNote(first, ranked.filter(isOfOrder).at(1), file),
  ];
  return { candidate, layers: candidate.layers(), order: second && candidate.description, notes };

  /** The best first. */
  function rank(compared: readonly Candidate[], mostProducts: number): Tried[] {
    const tried = compared.map((one): Tried => {
      const attempts = tryNetwork(one.layers(), hiddens, scalings, trial, mostProducts);
      return { candidate: one, best: attempts.length > 0 ? bestOf(attempts) : undefined };
    });
    return tried.sort((a, b) => shareOf(b) - shareOf(a));
  }
}

const NAMES = 'Names such as fc1.weight [out, in] and fc2.weight would say which is meant';

function orderNote(first: Tried, second: Tried): string {
  const figures =
    `${percent(shareOf(first))} of ${first.best!.isRight.length} training images right, and ` +
    `${percent(shareOf(second))} in the next best order`;
  return (
    `Its layers fit each other in more than one way. They were taken as ${first.candidate.description}, which ` +
    `reads ${figures}.`
  );
}

/**
 * With and without a mean or deviation of each pixel: the better figure counts. Throws file-unreadable if they were not
 * tried.
 */
function statisticsNote(first: Tried, other: Tried | undefined, file: string): string[] {
  if (!other) return [];
  if (!first.best)
    throw refusal(
      file,
      'it holds a mean or deviation of each pixel, and is too large to be tried with and without it',
      'Please fold it into the first layer, or leave it out.',
    );
  const [words, otherWords] = first.candidate.pixelStatistics === 'used' ? ['with', 'without'] : ['without', 'with'];
  return [
    `It reads ${percent(shareOf(first))} of ${first.best.isRight.length} training images right ${words} that ` +
      `scaling of each pixel, and ${percent(shareOf(other))} ${otherWords} it: it is taken ${words} it.`,
  ];
}

function shareOf({ best }: Tried): number {
  return best ? accuracyOf(best) : 0;
}
