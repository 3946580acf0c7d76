// Networks whose files leave the order of the layers open.
import { describe, expect, it, vi } from 'vitest';
import { SIGNED_PIXELS, UNIT_PIXELS } from '../../../../../src-shared/networks/pixel-scaling';
import { onlyCandidate, type Candidate } from '../../../../../src-main/formats/open/imported-network';
import * as trials from '../../../../../src-main/formats/open/trial';
import { fileOf, FIRST, LAST, PERCENT, resolved, TRIAL, WRONG } from '../../../../fixtures/resolved-networks';
import { templateNetwork } from '../../../../fixtures/trial';

vi.mock(import('../../../../../src-main/formats/open/trial'), { spy: true });

describe('several orders of layers', () => {
  it('lead to the one that reads the images clearly best, with the figures', () => {
    const candidates = [
      { description: 'a, c', layers: () => [FIRST, WRONG] },
      { description: 'a, b', layers: () => [FIRST, LAST] },
    ];
    const network = resolved(fileOf({ candidates }));
    expect(network.layers).toEqual([FIRST, LAST]);
    expect(network.order).toBe('a, b');
    expect(network.notes[1]).toMatch(
      new RegExp(
        `^Its layers fit each other in more than one way\\. They were taken as a, b, which classifies ${PERCENT} of ` +
          `200 training images correctly, and ${PERCENT} in the next best order\\.$`,
      ),
    );
  });

  it('are found among many that are wrong, and refused if two of many are right', () => {
    const candidate = (description: string, last: typeof LAST) => ({ description, layers: () => [FIRST, last] });
    const wrong = Array.from({ length: 23 }, (_, k) => candidate(`wrong ${k}`, WRONG));
    const network = resolved(fileOf({ candidates: [...wrong, candidate('right', LAST)] }));
    expect([network.order, network.layers]).toEqual(['right', [FIRST, LAST]]);
    const two = [...wrong.slice(1), candidate('right', LAST), candidate('right too', LAST)];
    expect(() => resolved(fileOf({ candidates: two }))).toThrow('its layers fit each other in more than one way');
  });

  it('take no longer than a few seconds if they are many: beyond three, each is tried on fewer images first', () => {
    const tried = vi.mocked(trials.tryNetwork).mockClear();
    const candidates = Array.from({ length: 24 }, (_, k) => ({
      description: `order ${k}`,
      layers: () => [FIRST, k === 5 ? LAST : WRONG],
    }));
    resolved(fileOf({ candidates, pixels: UNIT_PIXELS }));
    const products = tried.mock.calls.map(([, , , , most = trials.MAX_PRODUCTS]) => most);
    expect(products.reduce((sum, most) => sum + most, 0)).toBeLessThanOrEqual(6 * trials.MAX_PRODUCTS);
  });

  it('are not compared if only one takes these images', () => {
    const candidates = [...onlyCandidate([LAST]), ...onlyCandidate([FIRST, LAST])];
    expect(resolved(fileOf({ candidates }))).toMatchObject({ layers: [FIRST, LAST], order: undefined });
  });
});

describe('a mean and deviation of each pixel', () => {
  const scaled = templateNetwork(TRIAL, SIGNED_PIXELS);
  const candidates = (
    used: ReturnType<typeof templateNetwork>,
    unused: ReturnType<typeof templateNetwork>,
  ): Candidate[] => [
    { description: 'one', layers: () => used, pixelStatistics: 'used' },
    { description: 'one', layers: () => unused, pixelStatistics: 'unused' },
  ];
  const hint = { pixels: UNIT_PIXELS, pixelsAreHint: true };

  it('count or are left out as the images are read better, with the figures', () => {
    const without = resolved(fileOf({ ...hint, candidates: candidates([FIRST, WRONG], [FIRST, LAST]) }));
    expect(without).toMatchObject({ layers: [FIRST, LAST], pixelsFrom: 'assumed', order: undefined });
    expect(without.notes[1]).toMatch(
      new RegExp(
        `^It classifies ${PERCENT} of 200 training images correctly without that scaling of each pixel, and ` +
          `${PERCENT} with it: it is used without it\\.$`,
      ),
    );
    expect(resolved(fileOf({ ...hint, candidates: candidates([FIRST, LAST], [FIRST, WRONG]) }))).toMatchObject({
      layers: [FIRST, LAST],
      pixelsFrom: 'file',
    });
  });

  it('do not count before an answer', () => {
    expect(
      resolved(fileOf({ ...hint, candidates: candidates([FIRST, LAST], scaled) }), { pixels: SIGNED_PIXELS }),
    ).toMatchObject({ pixels: SIGNED_PIXELS, pixelsFrom: 'answer' });
  });
});
