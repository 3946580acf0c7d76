// Packages of packages that would fill the page for next to nothing, and what stands in their place.
import { inProject } from './project.mjs';

export const leanPackages = { 'ml-levenberg-marquardt': inProject('src-renderer/map/levenberg-marquardt.ts') };
