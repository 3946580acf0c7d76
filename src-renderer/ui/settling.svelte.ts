// A button that changes its meaning in place: for a moment it ignores clicks, because they were meant for what it was.
import type { Attachment } from 'svelte/attachments';

/** About as long as it takes to see the change and to stop a click that is on its way. */
export const SETTLING_MS = 600;

/**
 * Drops clicks, by pointer or by key, for SETTLING_MS after the meaning has changed, and any press that began before.
 * Assistive technology reads the button as disabled for that time; it looks the same.
 * @param meaning what the button does now, as a value that is compared
 */
export function settling(meaning: () => string): Attachment<HTMLElement> {
  return (button) => {
    let known: string | undefined;
    let pressed: string | undefined;

    function drop(event: Event): void {
      const stale = pressed !== undefined && pressed !== known;
      pressed = undefined;
      if (!stale && button.ariaDisabled === null) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    const press = () => (pressed = known);
    const forget = () => (pressed = undefined);
    button.addEventListener('pointerdown', press);
    button.addEventListener('keydown', forget);
    button.addEventListener('click', drop, true);

    $effect(() => {
      const before = known;
      known = meaning();
      if (before === undefined || before === known) return undefined;
      button.ariaDisabled = 'true';
      const timer = setTimeout(() => (button.ariaDisabled = null), SETTLING_MS);
      return () => {
        clearTimeout(timer);
        button.ariaDisabled = null;
      };
    });
    return () => {
      button.removeEventListener('pointerdown', press);
      button.removeEventListener('keydown', forget);
      button.removeEventListener('click', drop, true);
    };
  };
}
