// Separates arrays and tables that could be the same part of a dataset: a copy beside the original, or two datasets in
// one file. What their names say besides set and content distinguishes them.
import type { Content } from '../../trainer/data/idx/idx-header';
import type { NamedPart } from './named-part';

/** Parts that form a dataset. */
export interface Variant {
  parts: NamedPart[];
  notes: string[];
}

const CONTENTS: readonly Content[] = ['images', 'labels'];
/** The key of parts that are no copies and have no other words in their names. */
const PLAIN = keyOf({ variant: '', copy: '' });

/**
 * @param group parts of one place that could belong together. @param wanted the path of a file that must be among them,
 * if it is one of these
 * @returns one variant, or several if a person must choose
 */
export function variantsOf(group: readonly NamedPart[], wanted?: string): Variant[] {
  const keys = [...new Set(group.map(keyOf))];
  if (keys.length === 1) return [{ parts: [...group], notes: [] }];
  const given = group.find(({ path, array }) => array === undefined && path === wanted);
  const preferred = given ? keyOf(given) : PLAIN;
  const whole = keys.filter((key) => isWhole(group.filter((part) => keyOf(part) === key)));
  if (whole.length === 0 || (given && preferred !== PLAIN && !whole.includes(preferred)))
    return joined(group, preferred);
  const chosen = given && whole.includes(preferred) ? [preferred] : withoutCopies(group, whole);
  return chosen.map((key) => {
    const own = group.filter((part) => keyOf(part) === key);
    const parts = [
      ...own,
      ...missingTest(
        own,
        group.filter((part) => !whole.includes(keyOf(part))),
        chosen.length === 1,
      ),
    ];
    return { parts, notes: chosen.length === 1 ? passedOver(group, parts) : [] };
  });
}

function keyOf({ variant, copy }: Pick<NamedPart, 'variant' | 'copy'>): string {
  return JSON.stringify([variant, copy]);
}

/** Leaves out copies of datasets that are there. */
function withoutCopies(group: readonly NamedPart[], whole: string[]): string[] {
  return whole.filter((key) => {
    const { variant, copy } = group.find((part) => keyOf(part) === key)!;
    return copy === '' || !whole.includes(keyOf({ variant, copy: '' }));
  });
}

function isWhole(parts: readonly NamedPart[]): boolean {
  const set = parts.some((part) => part.set === 'train') ? 'train' : undefined;
  return CONTENTS.every((content) => parts.some((part) => part.set === set && holds(part, content)));
}

/**
 * Images or labels for testing that only their names keep from the rest: those of the copies, or one half of a pair.
 */
function missingTest(own: readonly NamedPart[], others: readonly NamedPart[], isAlone: boolean): NamedPart[] {
  const ofTest = (parts: readonly NamedPart[], content: Content) =>
    parts.filter((part) => part.set === 'test' && holds(part, content));
  const hasHalf = CONTENTS.some((content) => ofTest(own, content).length > 0);
  const found = CONTENTS.flatMap((content) => {
    if (ofTest(own, content).length > 0) return [];
    const spare = ofTest(others, content).filter(({ variant }) => variant === own[0]!.variant || (isAlone && hasHalf));
    return spare.length === 1 ? spare : [];
  });
  return [...new Set(found)];
}

/**
 * No way of naming has images and labels. What is there once belongs to all; of what is there more than once, the
 * preferred or each.
 */
function joined(group: readonly NamedPart[], preferred: string): Variant[] {
  const slots = [...new Set(group.flatMap(slotsOf))];
  const rivals = (slot: string) => new Set(group.filter((part) => slotsOf(part).includes(slot)).map(keyOf));
  const disputed = slots.filter((slot) => rivals(slot).size > 1);
  const among = [...new Set(disputed.flatMap((slot) => [...rivals(slot)]))];
  const keys = among.includes(preferred) || among.length === 0 ? [preferred] : among;
  return keys.map((key) => {
    const parts = group.filter((part) => keyOf(part) === key || !slotsOf(part).some((slot) => disputed.includes(slot)));
    return { parts, notes: keys.length === 1 ? passedOver(group, parts) : [] };
  });
}

const holds = (part: NamedPart, content: Content) => part.holds === content || part.holds === 'both';

const slotsOf = (part: NamedPart): string[] =>
  CONTENTS.filter((content) => holds(part, content)).map((content) => `${part.set} ${content}`);

function passedOver(group: readonly NamedPart[], used: readonly NamedPart[]): string[] {
  const taken = new Set(used.flatMap(slotsOf));
  const others = group.filter((part) => !used.includes(part) && slotsOf(part).some((slot) => taken.has(slot)));
  const names = others.map(({ path, array }) => array ?? path);
  return names.length === 0
    ? []
    : [`${names.join(', ')}: passed over, since by the names these are copies, or of another dataset.`];
}
