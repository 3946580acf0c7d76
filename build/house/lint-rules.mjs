// ESLint rules that hold the layout of the project: who may import whom, and no circles.
import { nameInProject } from '../project.mjs';
import { wrongDirections } from './directions.mjs';
import { circleThrough, importsOf, resolveImport } from './imports.mjs';

/** Calls `check` for the specifier of everything that a file imports or passes on. */
function forImports(check) {
  const visit = ({ source }) => source?.type === 'Literal' && check(source, source.value);
  return {
    ImportDeclaration: visit,
    ImportExpression: visit,
    ExportNamedDeclaration: visit,
    ExportAllDeclaration: visit,
  };
}

const directions = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = nameInProject(context.filename);
    return forImports((node, specifier) => {
      const found = specifier.startsWith('.') ? resolveImport(context.filename, specifier) : undefined;
      for (const message of wrongDirections(file, found ? nameInProject(found) : specifier))
        context.report({ node, message });
    });
  },
};

/** Of one run of ESLint: each file is read once. */
const known = new Map();
function importsOfFile(file) {
  if (!known.has(file)) known.set(file, importsOf(file));
  return known.get(file);
}

const noCircles = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    return forImports((node, specifier) => {
      const target = specifier.startsWith('.') && resolveImport(context.filename, specifier);
      const circle = target && circleThrough(context.filename, target, importsOfFile);
      if (!circle) return;
      const way = circle.map(nameInProject).join(' → ');
      const message = `This import closes a circle: ${way}. Move what both need into a file of its own, types too.`;
      context.report({ node, message });
    });
  },
};

export const houseRules = { rules: { directions, 'no-circles': noCircles } };
