// Whether to show more contrast, because the system or a person prefers it. The stylesheet reads an attribute of the
// root element.

const ATTRIBUTE = 'data-more-contrast';

const system = window.matchMedia('(prefers-contrast: more)');
let preferred = false;
let more = $state(false);

/** Sets the attribute first, so that effects that run on the change read the new colours. */
function apply(): void {
  const wanted = preferred || system.matches;
  document.documentElement.toggleAttribute(ATTRIBUTE, wanted);
  more = wanted;
}

/** @param wanted false to follow the system */
export function preferMoreContrast(wanted: boolean): void {
  preferred = wanted;
  apply();
}

/** Reactive: an effect that reads it runs again when it changes. */
export function moreContrast(): boolean {
  return more;
}

system.addEventListener('change', apply);
apply();
