// The page's JavaScript once more through Vite's own minifier. It finds what terser leaves, and the other way round.
import { minify as terser } from 'terser';
import { minify } from 'vite';

export function minifyAgain() {
  return {
    name: 'minify-again',
    async generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        if (Object.keys(chunk.modules).some((id) => id.includes('/chart.js/'))) chunk.code = await shortened(chunk);
        chunk.code = await minified(chunk);
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

/**
 * Shortens the names of Chart.js's private members, which begin with "_", for instance _getXAxisLabelAlignment. They
 * still begin with it, since Chart.js skips such names among options. It composes the names of _onDataPush and the
 * like from parts.
 */
async function shortened({ code }) {
  const result = await terser(code, {
    module: true,
    compress: false,
    mangle: {
      properties: { regex: /^_(?!onData)[a-z]/, keep_quoted: true, nth_identifier: { get: (n) => `_${letters(n)}` } },
    },
  });
  return result.code;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** @returns a, b, …, Z, aa, ab, … */
function letters(n) {
  const before = Math.floor(n / LETTERS.length);
  return (before > 0 ? letters(before - 1) : '') + LETTERS[n % LETTERS.length];
}
