// What the maps, which are fitted step by step to images without labels, never call in umap-js.
export const UNUSED_IN_UMAP_JS = [
  'UMAP.categoricalSimplicialSetIntersection',
  'UMAP.fit',
  'UMAP.fitAsync',
  'UMAP.optimizeLayout',
  'UMAP.optimizeLayoutAsync',
  'UMAP.setPrecomputedKNN',
  'UMAP.setSupervisedProjection',
  'UMAP.transform',
];
