// What other rooms may use of this one, which holds the report of a run, and its results as files.
export { RESULT_FILES, type ResultFile, saveResult } from './result-files';
