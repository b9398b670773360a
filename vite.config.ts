import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

/** The sandbox's phone page: built to dist/web/phone, served by the sandbox at /sandbox/. */
export default defineConfig({
  root: fileURLToPath(new URL('src/web/phone', import.meta.url)),
  base: '/sandbox/',
  plugins: [vue()],
  build: {
    outDir: fileURLToPath(new URL('dist/web/phone', import.meta.url)),
    emptyOutDir: true,
    // Small files stay files: the page's security policy knows no inline scripts.
    assetsInlineLimit: 0,
  },
});
