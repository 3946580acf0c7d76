// What other rooms may use of this one, which holds the curves of a run, and the view of a run in training.
export { runMarks } from './run-marks';
export {
  curvesOf,
  extremesOf,
  type Lines,
  type Measure,
  measureLines,
  measureScale,
  placedOn,
  WHOLE,
} from './run-series';
export { runTable } from './run-table';
