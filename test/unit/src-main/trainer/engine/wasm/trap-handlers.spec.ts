import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { findTrapHandlers } from '../../../../../../src-main/trainer/engine/wasm/trap-handlers';

/** The result of a call in a new Node with these flags. */
function askNode(flags: string[], call: string): string {
  const source = readFileSync('src-main/trainer/engine/wasm/trap-handlers.ts', 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  return execFileSync(process.execPath, [...flags, '-e', `${outputText}; console.log(exports.${call})`], {
    encoding: 'utf8',
  }).trim();
}

describe('if there are trap handlers', () => {
  it('is true in Node, unless they are switched off', () => {
    expect(askNode([], 'hasTrapHandlers()')).toBe('true');
    expect(askNode(['--disable-wasm-trap-handler'], 'hasTrapHandlers()')).toBe('false');
  });

  it('follows from the flag on systems without /proc', () => {
    expect(askNode([], "findTrapHandlers(undefined, 'darwin')")).toBe('true');
    expect(askNode(['--disable-wasm-trap-handler'], "findTrapHandlers(undefined, 'win32')")).toBe('false');
  });

  it('follows from the version in Electron', () => {
    expect(findTrapHandlers('40.9.9')).toBe(false);
    expect(findTrapHandlers('41.0.0')).toBe(true);
    expect(findTrapHandlers('45.4.1')).toBe(true);
  });
});
