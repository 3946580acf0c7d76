// The numbers of augmentation that the kernels share. TypeScript and AssemblyScript both compile this file.

/** Affine maps to choose from in an epoch: a power of two. */
export const TRANSFORMS = 1024;
/** Rows and columns of the displacement fields, which wrap around: a power of two. */
export const FIELD_SIDE = 256;
/** Distortion leaves a faint fringe around the ink. Pixels fainter than this, of 255, say nothing and become zero. */
export const FAINTEST_INK = 8;
