// Read by the Svelte plugin, svelte-check and the linter.
/** @type {import('svelte/compiler').CompileOptions} */
export default {
  compilerOptions: {
    runes: true,
    cssHash: ({ hash, css }) => `s${hash(css)}`, // short, since it stands on every element
  },
};
