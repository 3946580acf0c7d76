// Stands in for Svelte's hydration, which takes over what a server has drawn: here the page draws everything itself.
// As constants, so that the bundler drops the code that depends on them.
export const hydrating = false;
export const hydrate_node = null;

const nothing = () => {};
export {
  nothing as hydrate_next,
  nothing as hydrate_template,
  nothing as next,
  nothing as read_hydration_instruction,
  nothing as reset,
  nothing as set_hydrate_node,
  nothing as set_hydrating,
  nothing as skip_nodes,
};
