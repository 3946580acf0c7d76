// The page's JavaScript once more through Vite's own minifier. It finds what terser leaves, and the other way round.
import { minify } from 'vite';

export function minifyAgain() {
  return {
    name: 'minify-again',
    async generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk') chunk.code = await minified(chunk);
      }
    },
  };
}

async function minified({ fileName, code }) {
  const result = await minify(fileName, code, {
    module: true,
    compress: { target: 'chrome130' },
    mangle: { toplevel: true },
    codegen: true,
  });
  if (result.errors.length > 0) throw new Error(`${fileName} could not be minified: ${result.errors[0].message}`);
  return result.code;
}
