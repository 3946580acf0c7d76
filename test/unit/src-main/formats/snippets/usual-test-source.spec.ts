// The files that programs assume for runs of version 0.1.
import { describe, expect, it } from 'vitest';
import { EXPORT_FORMATS } from '../../../../../src-main/formats/save/formats';
import { usualTestSource } from '../../../../../src-main/formats/snippets/usual-test-source';
import { EXPORT_SUFFIXES } from '../../../../../src-shared/networks/network-formats';
import { SMALL } from '../../../../fixtures/network-files';

const digits = [...'0123456789'];

it('the files of an unknown dataset are unknown, and the program says so', () => {
  expect(usualTestSource({ name: 'My digits', classNames: digits })).toBeUndefined();
  for (const suffix of EXPORT_SUFFIXES)
    expect(EXPORT_FORMATS[suffix].snippet('n', SMALL)).toContain('please replace these by those of your test images');
});

describe('the usual files are', () => {
  it.each(['MNIST', 'Fashion-MNIST', 'Kuzushiji-MNIST'])('those of MNIST: %s', (name) => {
    expect(usualTestSource({ name, classNames: digits })).toMatchObject({
      images: 't10k-images-idx3-ubyte',
      labels: 't10k-labels-idx1-ubyte',
      transposed: false,
      heldOut: undefined,
    });
  });

  it('on their side, with labels from 1, in the folder of the collection: EMNIST', () => {
    const source = { kind: 'folder', folder: '/data', collection: 'gzip/emnist-letters' } as const;
    expect(usualTestSource({ name: 'EMNIST Letters', classNames: ['Aa', 'Bb'], source })).toMatchObject({
      images: 'gzip/emnist-letters-test-images-idx3-ubyte',
      transposed: true,
      classLabels: [1, 2],
    });
    expect(usualTestSource({ name: 'EMNIST Digits', classNames: digits })).toMatchObject({
      labels: 'emnist-digits-test-labels-idx1-ubyte',
      classLabels: digits.map(Number),
    });
  });

  it('with eight numbers for each label: QMNIST', () => {
    expect(usualTestSource({ name: 'QMNIST', classNames: digits })).toMatchObject({
      labels: 'qmnist-test-labels-idx2-int',
      labelForm: 'first-of-eight',
    });
  });

  it('those of the training set if a share of it was held out', () => {
    const source = { kind: 'folder', folder: '/data', holdOut: 0.14 } as const;
    expect(usualTestSource({ name: 'MNIST', classNames: digits, source })).toMatchObject({
      images: 'train-images-idx3-ubyte',
      heldOut: 0.14,
    });
  });
});
