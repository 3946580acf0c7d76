// The tour: at which step a newcomer is, and what the strip says there. It follows what the person does and what
// training does. Pure.
import type { TabId } from '../../client/tabs';
import { isActive, type Run } from '../../client/training';
import { shortRate } from '../../settings';
import { formatCount } from '../../ui/format';
import {
  comparisonSentence,
  firstRunOf,
  largerRate,
  numbersSentence,
  weightsOf,
  type FirstRun,
  type TestSize,
} from './tour-words';

/** In order; `done` says where help is. */
export const STEPS = ['train', 'numbers', 'watch', 'mistakes', 'draw', 'rate', 'compare', 'done'] as const;
export type TourStep = (typeof STEPS)[number];

/** Everything that has to survive a reload of the page. */
export interface TourState {
  step: TourStep;
  /** At `numbers`: the run has been seen paused, so that resuming it ends the step. */
  paused?: boolean;
  /** At `mistakes` the image that was open when the step began, at `draw` the number of strokes. */
  before?: number;
  /** From `mistakes` on. */
  first?: FirstRun;
}

export interface TourFacts extends TestSize {
  run: Run | undefined;
  trainCount: number;
  /** The trainer process is gone. */
  lost: boolean;
  tab: TabId;
  /** The test image that was opened last, on any tab. */
  image: number | undefined;
  /** Strokes on the pad. */
  strokes: number;
}

export type TourAction =
  | { kind: 'train' }
  | { kind: 'train-larger'; learningRate: number }
  | { kind: 'resume' }
  | { kind: 'show'; tab: TabId }
  | { kind: 'next' }
  | { kind: 'end' };

export interface Strip {
  /** Words in brackets open the glossary: "[weight weights]" shows "weights". */
  text: string;
  /** Undefined while there is nothing to do but wait. */
  button: { label: string; action: TourAction } | undefined;
  /** There is nothing left to skip. */
  last?: boolean;
}

const trained = (run: Run | undefined): run is Run => (run?.results.length ?? 0) > 0;

export function enter(step: TourStep, state: TourState, facts: TourFacts): TourState {
  const { run, image = -1, strokes } = facts;
  const first = state.first ?? (run && firstRunOf(run));
  switch (step) {
    case 'mistakes':
      return { step, before: image, ...(first && { first }) };
    case 'draw':
      return { step, before: strokes, ...(first && { first }) };
    case 'train':
    case 'numbers':
    case 'watch':
    case 'done':
      return { step };
    default:
      return { step, ...(first && { first }) };
  }
}

/** Advances as far as what has happened allows. @returns the same object if nothing has */
export function settle(state: TourState, facts: TourFacts): TourState {
  const next = advanced(state, facts);
  return next === state ? state : settle(next, facts);
}

function advanced(state: TourState, facts: TourFacts): TourState {
  const { run, image, strokes } = facts;
  const to = (step: TourStep) => enter(step, state, facts);
  // Another dataset was opened, or a new run has replaced the one that was explained.
  const lacksRun = state.first ? !run : !trained(run);
  if (lacksRun && state.step !== 'train' && state.step !== 'done') return to('train');
  if (run && run.number === state.first?.number && run.results.length !== state.first.accuracies.length)
    return { ...state, first: firstRunOf(run) };
  const again = run?.number !== state.first?.number;
  switch (state.step) {
    case 'train':
      return trained(run) ? to('numbers') : state;
    case 'numbers':
      if (run?.phase === 'paused') return state.paused ? state : { ...state, paused: true };
      return state.paused ? to('watch') : state;
    case 'watch':
      return isActive(run) ? state : to('mistakes');
    case 'mistakes':
      return (image !== undefined && image !== state.before) || run?.mistakes?.index.length === 0 ? to('draw') : state;
    case 'draw':
      if (strokes > state.before!) return to('rate');
      return strokes < state.before! ? { ...state, before: strokes } : state;
    case 'rate':
      return again && !isActive(run) ? to('compare') : state;
    case 'compare':
      return again && isActive(run) ? to('rate') : state;
    default:
      return state;
  }
}

/** The step after the one that a button ends. */
export function following(state: TourState, facts: TourFacts): TourState {
  return enter(STEPS[STEPS.indexOf(state.step) + 1] ?? 'done', state, facts);
}

const NEXT = { label: 'Next', action: { kind: 'next' } } as const;

export function stripOf(state: TourState, facts: TourFacts): Strip {
  const { run, tab, trainCount } = facts;
  switch (state.step) {
    case 'train': {
      const button = facts.lost ? undefined : ({ label: 'Train a small one', action: { kind: 'train' } } as const);
      if (isActive(run))
        return {
          text:
            `It guesses, is told the answer, and adjusts ${formatCount(weightsOf(run.sizes))} [weight weights]: once ` +
            `for every ${formatCount(run.settings.batchSize)} images.`,
          button: undefined,
        };
      if (run)
        return { text: 'This run ended before its first [epoch] did. The tour goes on with another one.', button };
      return {
        text:
          `Nothing is trained yet. A small network learns from these ${formatCount(trainCount)} images in seconds, ` +
          'and pauses once, after its first [epoch].',
        button,
      };
    }
    case 'numbers':
      return {
        text: numbersSentence(run!, facts),
        button: run?.phase === 'paused' ? { label: 'Keep training', action: { kind: 'resume' } } : NEXT,
      };
    case 'watch':
      return {
        text:
          `Each further [epoch] goes over all ${formatCount(trainCount)} images again. The solid line is what ` +
          'counts: images it has never trained on.',
        button: run?.phase === 'paused' ? { label: 'Keep training', action: { kind: 'resume' } } : NEXT,
      };
    case 'mistakes': {
      if (tab === 'mistakes')
        return { text: 'Open one of these images, and see what misled the network.', button: NEXT };
      const wrong = run?.mistakes?.index.length;
      return {
        text: `${wrong ? `These ${formatCount(wrong)} images` : 'Some images'} it still gets wrong: open one.`,
        button: { label: 'Show mistakes', action: { kind: 'show', tab: 'mistakes' } },
      };
    }
    case 'draw':
      if (tab === 'draw') return { text: 'Draw on the pad. The network answers while you draw.', button: NEXT };
      return {
        text: 'Now draw one yourself, and see whether it knows what you mean.',
        button: { label: 'Draw', action: { kind: 'show', tab: 'draw' } },
      };
    case 'rate': {
      if (run?.number !== state.first?.number)
        return { text: 'It learns again from the start. The thin line is the run before.', button: undefined };
      const learningRate = largerRate(run!.settings.learningRate);
      return {
        text:
          `Would a larger step learn faster? The [learning-rate learning rate] was ` +
          `${shortRate(run!.settings.learningRate)}. Guess first, then try.`,
        button:
          facts.lost || isActive(run)
            ? undefined
            : { label: `Train with ${shortRate(learningRate)}`, action: { kind: 'train-larger', learningRate } },
      };
    }
    case 'compare':
      return { text: comparisonSentence(state.first, run, facts), button: NEXT };
    case 'done':
      return {
        text:
          'That was the tour. Words with dots below them open their meaning; Help (?) has this tour, the glossary ' +
          'and the keys.',
        button: { label: 'Close', action: { kind: 'end' } },
        last: true,
      };
  }
}
