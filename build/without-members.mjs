// Takes out of packages the functions and methods that the page never calls. A bundler keeps every method of a class
// that is used, and every function that stands behind an option.
import { parseSync } from 'vite';

/**
 * @param part of the path of a package's modules
 * @param names its functions, and methods as Class.method. The build fails if the package has one of them no longer.
 */
export function withoutMembers(part, names) {
  const found = new Set();
  return {
    name: 'without-members',
    apply: 'build',
    transform: (code, id) =>
      id.replaceAll('\\', '/').includes(part) ? removeMembers(code, new Set(names), found) : undefined,
    buildEnd() {
      const lost = names.filter((name) => !found.has(name));
      if (lost.length > 0) throw new Error(`${part} has no longer: ${lost.join(', ')}`);
    },
  };
}

/**
 * Removes methods. Functions stay as errors, because other code names them. So whatever is called all the same fails.
 * @param found gets the names that the code has
 */
export function removeMembers(code, names, found) {
  const cuts = membersOf(parseSync('package.js', code).program).filter(({ name }) => names.has(name));
  for (const { name } of cuts) found.add(name);
  cuts.sort((a, b) => b.start - a.start);
  return cuts.reduce((rest, { start, end, instead }) => rest.slice(0, start) + instead + rest.slice(end), code);
}

/** @returns what stands where in the code, and what is to stand there instead */
function membersOf({ body }) {
  return body
    .map((node) => node.declaration ?? node)
    .flatMap((node) => {
      if (node.type === 'FunctionDeclaration') {
        const { name } = node.id;
        return { name, ...spanOf(node.body), instead: `{ throw Error('${name}'); }` };
      }
      if (node.type !== 'ClassDeclaration') return [];
      return node.body.body.map((member) => ({
        name: `${node.id.name}.${member.key?.name}`,
        ...spanOf(member),
        instead: '',
      }));
    });
}

const spanOf = ({ start, end }) => ({ start, end });
