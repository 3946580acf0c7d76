// Stands in for Svelte’s flags, which old components and experiments set: the page has neither.
export const async_mode_flag = false;
export const legacy_mode_flag = false;
export const tracing_mode_flag = false;
