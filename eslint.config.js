// Lint rules: the recommended ones, plus the rule that imports run one way: src-main → src-shared ← src-renderer.
import eslint from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

function mayNotImport(files, patterns, message, ignores = []) {
  return {
    files,
    ignores,
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ ...(Array.isArray(patterns) ? { group: patterns } : { regex: patterns.source }), message }] },
      ],
    },
  };
}

export default defineConfig(
  {
    ignores: [
      'out/',
      'dist/',
      'node_modules/',
      'test-results/',
      'playwright-report/',
      'src-main/trainer/engine/wasm/kernels/',
    ],
  },
  eslint.configs.recommended,
  tseslint.configs.recommended,
  svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.node, ...globals.browser } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    rules: {
      eqeqeq: 'error',
      'no-undef': 'off',
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  { files: ['*.config.{ts,js}'], rules: { 'no-restricted-syntax': 'off' } },
  mayNotImport(
    ['src-shared/**'],
    ['**/src-main/**', '**/src-renderer/**', 'electron', 'node:*'],
    'src-shared is the contract: it imports nothing but zod.',
  ),
  mayNotImport(
    ['src-renderer/**'],
    /src-main\/(?!trainer\/nn\/)|^electron$|^node:/,
    'The page knows only src-shared, and nn/, which is mathematics.',
  ),
  mayNotImport(
    ['src-shared/nn/**'],
    ['electron', 'node:*', '**/engine/**', '**/data/**'],
    'nn/ is mathematics: it runs in the page too.',
  ),
  mayNotImport(['src-main/**'], ['**/src-renderer/**'], 'The processes do not know the page.'),
  mayNotImport(['src-main/trainer/**'], ['**/src-renderer/**', 'electron'], 'The trainer runs without Electron too.', [
    'src-main/trainer/entry.ts',
  ]),
);
