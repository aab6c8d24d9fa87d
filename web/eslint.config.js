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
      // Text from containers is hostile: it reaches the page as text nodes, never as markup.
      'vue/no-v-html': 'error',
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Text nodes only.' },
        { property: 'outerHTML', message: 'Text nodes only.' },
        { property: 'insertAdjacentHTML', message: 'Text nodes only.' },
      ],
      // A style attribute in a template is refused by the Content-Security-Policy; bind classes.
      'vue/no-static-inline-styles': 'error',
      // Prettier's business.
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
