// Where the test images of a dataset are, for programs outside the app.
import { basename, relative, sep } from 'node:path';
import type { Collection, DatasetSource } from '../../../src-shared/dataset';
import type { TestSource } from '../../../src-shared/test-source';

/** Paths within the folder; of the built-in dataset, the names under which everybody can get the files, without “.gz”. */
export function testSourceOf(
  { trainImages, trainLabels, testImages, testLabels }: Collection,
  source: DatasetSource,
  form: Pick<TestSource, 'plainBytes' | 'transposed' | 'scale' | 'offset' | 'labelForm' | 'classLabels'>,
): TestSource {
  const within = (path: string) => (source.kind === 'folder' ? relative(source.folder, path).split(sep).join('/') : basename(path, '.gz'));
  const hasTest = testImages !== undefined && testLabels !== undefined;
  return {
    kind: 'idx',
    images: within(hasTest ? testImages : trainImages),
    labels: within(hasTest ? testLabels : trainLabels),
    heldOut: hasTest || source.kind === 'builtin' ? undefined : source.holdOut,
    ...form,
  };
}
