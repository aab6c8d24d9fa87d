import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const relay = process.env.DOCKRELAY ?? 'http://127.0.0.1:3000'

export default defineConfig({
  // Relative, so that the page works under whatever path a proxy serves it.
  base: './',
  plugins: [vue()],
  define: { __VUE_OPTIONS_API__: false },
  build: {
    target: 'es2022',
    // The first that know light-dark().
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // A font or icon inlined as data: would be refused by the relay's Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    proxy: {
      // The browser's own Host: the relay compares it with Origin.
      '/api': { target: relay },
      '/ws': { target: relay, ws: true },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    restoreMocks: true,
  },
})
