// What other rooms may use: the lines, marks and table of a run.
export { runMarks } from './run-marks';
export {
  curvesOf,
  extremesInWords,
  extremesOf,
  formatOf,
  type Lines,
  type Measure,
  MEASURE_TITLES,
  measureLines,
  measureScale,
  placedOn,
  WHOLE_RUN,
} from './run-series';
export { runTable } from './run-table';
