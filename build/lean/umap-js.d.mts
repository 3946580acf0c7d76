export const UNUSED_IN_UMAP_JS: readonly string[];
