import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// The web views of the supported systems; without it `light-dark()` would be rewritten.
const webViews = ['es2022', 'safari17.5', 'chrome123'];

export default defineConfig({
  plugins: [svelte()],
  clearScreen: false,
  server: { host: '127.0.0.1', port: 1420, strictPort: true },
  // The content security policy allows fonts from files only, so nothing becomes a data address.
  build: { target: webViews, assetsInlineLimit: 0, modulePreload: false },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/testing/setup.ts'],
    restoreMocks: true,
    // Against a test that hangs; a machine under load is no fault of a test's.
    testTimeout: 60_000,
  },
  // Otherwise the tests would be given Svelte's server build.
  resolve: process.env['VITEST'] ? { conditions: ['browser'] } : {},
});
