import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const tauriOnlyInBackend = {
  patterns: [{ group: ['@tauri-apps/*'], message: 'Only src/backend speaks to the shell.' }],
};

export default ts.config(
  { ignores: ['dist', 'public', 'src/generated', '*.config.*', 'test/*.mjs', 'test/out'] },
  js.configs.recommended,
  ...ts.configs.recommendedTypeChecked,
  ...svelte.configs.recommended,
  prettier,
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      'no-restricted-imports': ['error', tauriOnlyInBackend],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // The content policy refuses style attributes; a bound `style:property` sets the object model and is allowed.
      'no-restricted-syntax': [
        'error',
        { selector: 'SvelteAttribute[key.name="style"]', message: 'The content policy refuses style attributes.' },
        {
          selector: 'SvelteStyleDirective[value.length=1] > SvelteLiteral',
          message: 'A fixed style belongs in the style sheet.',
        },
      ],
      'svelte/no-at-html-tags': 'error',
      // What these hold is not shown, or is replaced whole.
      'svelte/prefer-svelte-reactivity': 'off',
      // Every screen is given its route; not every one asks.
      'svelte/no-unused-props': 'off',
      // Links are hash addresses made by `href()`.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    // Types that come through components and snippets are known to svelte-check, not to eslint.
    files: ['**/*.svelte'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: ['src/backend/**'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['test/**', '**/*.test.ts'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
);
