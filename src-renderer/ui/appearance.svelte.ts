// Whether more contrast is wanted, by the system or by a person; the stylesheet learns of it by an attribute of the
// root.
import type { Contrast } from '../../src-shared/app/appearance';

const ATTRIBUTE = 'data-more-contrast';

const system = window.matchMedia('(prefers-contrast: more)');
let chosen: Contrast = 'system';
let more = $state(false);

/** The attribute first: whoever hears of the change reads the new colours. */
function apply(): void {
  const wanted = chosen === 'more' || system.matches;
  document.documentElement.toggleAttribute(ATTRIBUTE, wanted);
  more = wanted;
}

export function chooseContrast(contrast: Contrast): void {
  chosen = contrast;
  apply();
}

/** Read inside an effect, it runs the effect again whenever this changes. */
export function moreContrast(): boolean {
  return more;
}

system.addEventListener('change', apply);
apply();
