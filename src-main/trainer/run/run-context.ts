// What a run needs from its surroundings: a clock, an engine factory, and receivers of its events and reports.
import type { ProgressContext } from '../progress/progress-reporter';
import type { BatchContext } from './batch-trainer';
import type { RunControl } from './run-control';

export type RunContext = ProgressContext & BatchContext & { control: RunControl };
