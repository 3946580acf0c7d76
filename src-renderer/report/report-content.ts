// What a report is made from.
import type { Confusion } from '../mistakes';
import type { RunRecord } from '../../src-shared/runs/runs';

/** A picture as a data URI, with its size on the page in CSS pixels. */
export interface ReportPicture {
  uri: string;
  width: number;
  height: number;
}

export interface ReportMistake {
  /** Position in the test set, from 0. */
  image: number;
  picture: ReportPicture;
  truth: string;
  predicted: string;
  /** 0 to 1 */
  confidence: number;
}

export interface ReportContent {
  record: RunRecord;
  /** Undefined if the open dataset is not the run's own. The report then says so. */
  predictions: { confusion: Confusion; mistakes: ReportMistake[] } | undefined;
  /** The first units of the first layer. The colour scale ends at ±limit. */
  weights: { pictures: ReportPicture[]; units: number; limit: number };
  /** Milliseconds since 1970. */
  now: number;
}
