import js from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import vue from 'eslint-plugin-vue'
import accessibility from 'eslint-plugin-vuejs-accessibility'
import globals from 'globals'
import tseslint from 'typescript-eslint'

const frames = {
  selector: "Identifier[name='requestAnimationFrame']",
  message: 'Ask renderer/scene/frame-scheduler.ts for a frame: idle means no frames.',
}
const alwaysBanned = [
  { selector: 'TSEnumDeclaration', message: 'Use a union of strings.' },
  {
    selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]',
    message: 'Text is text, never markup.',
  },
]
const defaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: one name for one thing.',
}

export default defineConfig(
  globalIgnores(['out', 'dist', 'coverage', 'test-results', '**/*.d.ts', '**/*.d.mts']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  tseslint.configs.strict,
  tseslint.configs.stylistic,
  vue.configs['flat/recommended'],
  accessibility.configs['flat/recommended'],
  {
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // An empty function is the right way to do nothing.
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      // File signatures and hostile text are made of control characters.
      'no-control-regex': 'off',
      'no-restricted-syntax': ['error', ...alwaysBanned, frames, defaultExport],
      // TypeScript knows better which names exist.
      'no-undef': 'off',
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-emits-declaration': 'error',
      'vue/define-props-declaration': 'error',
      'vue/no-v-html': 'error',
      // `prop?: T` without a default is what exactOptionalPropertyTypes wants.
      'vue/require-default-prop': 'off',
      // Lists and trees have one focus that roves (WAI-ARIA Authoring Practices), and hovering shows
      // what focus shows; the e2e tests hold both with axe and the keyboard.
      'vuejs-accessibility/interactive-supports-focus': 'off',
      'vuejs-accessibility/mouse-events-have-key-events': 'off',
      // Prettier decides.
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': 'off',
      'vue/html-self-closing': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/singleline-html-element-content-newline': 'off',
    },
  },
  {
    // Rules that need types. One program for all of it is twice as fast as one for each tsconfig.json.
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { project: './test/tsconfig.json' } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['renderer/scene/frame-scheduler.ts', 'renderer/scene/frame-scheduler.test.ts'],
    rules: { 'no-restricted-syntax': ['error', ...alwaysBanned, defaultExport] },
  },
  {
    files: ['*.config.{js,ts}', '**/*.d.ts'],
    rules: { 'no-restricted-syntax': ['error', ...alwaysBanned, frames] },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['build/**', 'test/**', 'host/cli/**', 'host/folioscope.mjs'],
    rules: { 'no-console': 'off' },
  },
)
