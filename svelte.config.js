// Read by the Svelte plugin, svelte-check and the linter.

/** By the short names in use, the styles that have them. */
const styles = new Map();

/** As few letters of a hash as tell the styles apart: the name stands on every element. */
function shortName(hash, css, letters = 3) {
  const name = `s${hash.slice(0, letters)}`;
  const known = styles.get(name) ?? css;
  if (known !== css && letters < hash.length) return shortName(hash, css, letters + 1);
  styles.set(name, css);
  return name;
}

/** @type {import('svelte/compiler').CompileOptions} */
export default {
  compilerOptions: {
    runes: true,
    cssHash: ({ hash, css }) => shortName(hash(css), css),
  },
};
