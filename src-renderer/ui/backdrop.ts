// Closing a dialog by a click beside it.
import type { Attachment } from 'svelte/attachments';

/**
 * A click on the backdrop closes the dialog, but only if the pointer went down and up there: dragging a text selection
 * out of the dialog does not close it.
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
