// Reads how many tests passed, failed and were skipped from the JSON reports of the test runners. Whatever is not a
// clear pass or a wanted skip counts as failed.

export const count = (passed, failed, skipped = 0) => ({ passed, failed, skipped });
export const add = (a, b) => count(a.passed + b.passed, a.failed + b.failed, a.skipped + b.skipped);
const sum = (counts) => counts.reduce(add, count(0, 0));

const PASSED = count(1, 0);
const FAILED = count(0, 1);
const SKIPPED = count(0, 0, 1);

/** One test that is the exit code of a program. */
export const countExit = (exitCode) => (exitCode === 0 ? PASSED : FAILED);

/** A runner that failed although no test did, or that ran no test, counts as one failed test. */
export function countRun(counted, exitCode) {
  const wrong = counted.failed === 0 && (exitCode !== 0 || counted.passed === 0);
  return wrong ? add(counted, FAILED) : counted;
}

export function countVitest(report) {
  return sum(report.testResults.map(countVitestFile));
}

function countVitestFile({ status, assertionResults }) {
  const outcomes = { passed: PASSED, skipped: SKIPPED, todo: SKIPPED };
  const tests = sum(assertionResults.map((test) => outcomes[test.status] ?? FAILED));
  // The file could not be loaded, or one of its hooks failed.
  return status === 'failed' && tests.failed === 0 ? add(tests, FAILED) : tests;
}

export function countPlaywright(report) {
  return add(sum(report.suites.map(countPlaywrightSuite)), count(0, report.errors.length));
}

function countPlaywrightSuite({ suites = [], specs = [] }) {
  const tests = specs.flatMap((spec) => spec.tests);
  return add(sum(suites.map(countPlaywrightSuite)), sum(tests.map(countPlaywrightTest)));
}

/** Playwright also calls those tests skipped that were interrupted or never begun. */
function countPlaywrightTest({ status, expectedStatus, results }) {
  if (status === 'expected') return PASSED;
  const wasToBeSkipped = status === 'skipped' && expectedStatus === 'skipped';
  return wasToBeSkipped && results.every((result) => result.status === 'skipped') ? SKIPPED : FAILED;
}
