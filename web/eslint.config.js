import { defineConfigWithVueTs, vueTsConfigs } from '@vue/eslint-config-typescript'
import vue from 'eslint-plugin-vue'
import accessibility from 'eslint-plugin-vuejs-accessibility'

export default defineConfigWithVueTs(
  { ignores: ['dist/**', 'target/**'] },
  vue.configs['flat/recommended'],
  accessibility.configs['flat/recommended'],
  vueTsConfigs.recommended,
  {
    rules: {
      // Text from containers is untrusted: it becomes text nodes, never markup.
      'vue/no-v-html': 'error',
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Text nodes only.' },
        { property: 'outerHTML', message: 'Text nodes only.' },
        { property: 'insertAdjacentHTML', message: 'Text nodes only.' },
      ],
      // The Content-Security-Policy forbids style attributes in templates; bind classes.
      'vue/no-static-inline-styles': 'error',
      // Prettier formats templates.
      'vue/html-self-closing': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multi-word-component-names': 'off',
    },
  },
)
