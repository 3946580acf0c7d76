// Chooses among several possible orders of a file's layers: the one that classifies the trial images clearly best.
import type { LayerWeights } from '../../../src-shared/networks/layers';
import { percent } from '../../../src-shared/percent';
import type { PixelScaling } from '../../../src-shared/networks/pixel-scaling';
import { accuracyOf, bestOf, isClearlyBetter } from './compare-attempts';
import { refusal, type Candidate } from './imported-network';
import { MAX_PRODUCTS, tryNetwork, type Attempt, type Hidden, type Trial } from './trial';

export interface Ordered {
  candidate: Candidate;
  layers: LayerWeights[];
  /** If undefined, there was only one order. */
  order: string | undefined;
  notes: string[];
}

/** How many orders are compared on as many images as a single network is tried on. */
const MAX_COMPARED = 3;
/** Multiplications that the first comparison of all orders may take. */
const FIRST_PRODUCTS = 3 * MAX_PRODUCTS;

interface Tried {
  candidate: Candidate;
  /** If undefined, the network is too large to be tried. */
  best: Attempt | undefined;
}

/** @param candidates at least one; all fit the images. Throws file-unreadable if none of several is clearly better. */
export function chooseOrder(
  candidates: readonly Candidate[],
  hiddens: readonly Hidden[],
  scalings: readonly PixelScaling[],
  trial: Trial,
  file: string,
): Ordered {
  const [only, ...others] = candidates as [Candidate, ...Candidate[]];
  if (others.length === 0) return { candidate: only, layers: only.layers(), order: undefined, notes: [] };
  // Many orders are first compared on few images, so that all of them take a few seconds together.
  const isMany = candidates.length > MAX_COMPARED;
  const likely = isMany
    ? rank(candidates, FIRST_PRODUCTS / candidates.length)
        .slice(0, MAX_COMPARED)
        .map(({ candidate }) => candidate)
    : candidates;
  const ranked = rank(likely, MAX_PRODUCTS);
  const [first] = ranked as [Tried];
  const { candidate } = first;
  const hasSameOrder = (one: Tried) => one.candidate.description === candidate.description;
  const second = ranked.find((one) => !hasSameOrder(one));
  const isClear =
    !second || (first.best && second.best && isClearlyBetter(first.best, second.best, trial.dataset.classNames.length));
  const descriptions = [...new Set(candidates.map(({ description }) => description))];
  if (!isClear)
    throw refusal(file, `its layers fit each other in more than one way: ${descriptions.join('; or ')}. ${NAMES}`);
  const notes = [
    ...(second ? [orderNote(first, second)] : []),
    ...statisticsNote(first, ranked.filter(hasSameOrder).at(1), file),
  ];
  return { candidate, layers: candidate.layers(), order: second && candidate.description, notes };

  /** Sorts by accuracy, the best first. */
  function rank(compared: readonly Candidate[], maxProducts: number): Tried[] {
    const tried = compared.map((one): Tried => {
      const attempts = tryNetwork(one.layers(), hiddens, scalings, trial, maxProducts);
      return { candidate: one, best: attempts.length > 0 ? bestOf(attempts) : undefined };
    });
    return tried.sort((a, b) => accuracyIn(b) - accuracyIn(a));
  }
}

const NAMES = 'Names such as fc1.weight [out, in] and fc2.weight would say which is meant';

function orderNote(first: Tried, second: Tried): string {
  const figures =
    `${percent(accuracyIn(first))} of ${first.best!.isCorrect.length} training images correctly, and ` +
    `${percent(accuracyIn(second))} in the next best order`;
  return (
    `Its layers fit each other in more than one way. They were taken as ${first.candidate.description}, which ` +
    `classifies ${figures}.`
  );
}

/** Explains why a mean or deviation of each pixel is used or not. Throws file-unreadable if neither was tried. */
function statisticsNote(first: Tried, other: Tried | undefined, file: string): string[] {
  if (!other) return [];
  if (!first.best)
    throw refusal(
      file,
      'it contains a mean or deviation of each pixel, and is too large to be tried with and without it',
      'Please fold it into the first layer, or leave it out.',
    );
  const [words, otherWords] = first.candidate.pixelStatistics === 'used' ? ['with', 'without'] : ['without', 'with'];
  return [
    `It classifies ${percent(accuracyIn(first))} of ${first.best.isCorrect.length} training images correctly ` +
      `${words} that scaling of each pixel, and ${percent(accuracyIn(other))} ${otherWords} it: ` +
      `it is used ${words} it.`,
  ];
}

function accuracyIn({ best }: Tried): number {
  return best ? accuracyOf(best) : 0;
}
