// What other rooms may use: saving the report and the results of a run as files.
export { RESULT_FILES, type ResultFile, saveResult } from './result-files';
