// Keys with modifiers. Pure.

/** Whether Ctrl, Alt or Cmd is pressed: the key is then for the app or the system, and a view must ignore it. */
export function withModifier({
  ctrlKey,
  metaKey,
  altKey,
}: Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'altKey'>): boolean {
  return ctrlKey || metaKey || altKey;
}
