// What a press beside a dialog does.
import type { Attachment } from 'svelte/attachments';

/**
 * A press on the backdrop closes the dialog if it began and ended there. A selection of text that is dragged out of it
 * does not.
 */
export const closesByBackdrop: Attachment<HTMLDialogElement> = (dialog) => {
  let outside = false;
  const listeners = {
    pointerdown: ({ target, button }: PointerEvent) => void (outside = target === dialog && button === 0),
    pointerup: ({ target }: PointerEvent) => void (outside &&= target === dialog),
    click: ({ target }: MouseEvent) => void (outside && target === dialog && dialog.close()),
  };
  const aborter = new AbortController();
  for (const [kind, listener] of Object.entries(listeners))
    dialog.addEventListener(kind, listener as EventListener, { signal: aborter.signal });
  return () => aborter.abort();
};
