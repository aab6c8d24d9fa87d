import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const relay = process.env.DOCKRELAY ?? 'http://127.0.0.1:3000'

export default defineConfig({
  // Relative, so that the page works under any path of a proxy.
  base: './',
  plugins: [vue()],
  define: { __VUE_OPTIONS_API__: false },
  build: {
    target: 'es2022',
    // The first versions with light-dark().
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The relay's Content-Security-Policy forbids fonts that are inlined as data.
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
    // Tests with the whole page are slow on a busy machine.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
