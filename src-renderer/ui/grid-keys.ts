// Moving in a grid with the keyboard.
import { withModifier } from './keys';

export interface GridShape {
  /** Cells in total, filled row by row. */
  count: number;
  columns: number;
  /** Rows that Page Up and Page Down move. */
  page: number;
}

/** The cell that a key moves to. @param place current cell, from 0. @returns undefined if the key does not move */
export function targetPlace(key: string, place: number, { count, columns, page }: GridShape): number | undefined {
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -columns * page,
    PageDown: columns * page,
    Home: -place,
    End: count - 1 - place,
  };
  const step = steps[key];
  if (step === undefined) return undefined;
  const target = place + step;
  if (target >= 0 && target < count) return target;
  // Beyond the first or last row, a move stays in its column or goes to the end, but does not wrap around.
  if (key === 'PageUp') return place % columns;
  return key === 'PageDown' || (key === 'ArrowDown' && Math.floor(place / columns) < Math.floor((count - 1) / columns))
    ? count - 1
    : place;
}

/**
 * Moves the focus among the buttons of an element, which are as many a row as fit.
 * @returns the index of the button that got the focus; undefined if the key does not move
 */
export function moveFocus(event: KeyboardEvent & { currentTarget: HTMLElement }): number | undefined {
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const place = buttons.indexOf(event.target as HTMLButtonElement);
  if (withModifier(event) || event.key.startsWith('Page') || place < 0) return undefined;
  const tops = buttons.map((button) => button.getBoundingClientRect().top);
  const columns = tops.filter((top) => top === tops[0]).length;
  const target = targetPlace(event.key, place, { count: buttons.length, columns, page: 1 });
  if (target === undefined) return undefined;
  event.preventDefault();
  buttons[target]!.focus();
  return target;
}
