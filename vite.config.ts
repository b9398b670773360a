import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import elementPlus from 'unplugin-element-plus/vite';
import { defineConfig } from 'vite';
import { compression } from 'vite-plugin-compression2';

/** Where each page is served; its source is the folder of that name in `src/web`. */
const addresses: Readonly<Record<string, string>> = {
  phone: '/sandbox/',
  console: '/console/',
  // One page for all accounts: its files lie below a name that no account can have.
  h5: '/h5/_/',
};

/** One page at a time, named by the mode: `vite build --mode console` makes `dist/web/console`. */
export default defineConfig(({ mode }) => {
  const base = addresses[mode];
  if (base === undefined) throw new Error(`--mode must be one of ${Object.keys(addresses).join(', ')}`);
  return {
    root: fileURLToPath(new URL(`src/web/${mode}`, import.meta.url)),
    base,
    plugins: [
      vue(),
      // Brings the styles of each Element Plus component that is imported.
      elementPlus({}),
      compression({ algorithms: ['gzip', 'brotliCompress'], threshold: 1_024, logLevel: 'silent' }),
    ],
    build: {
      outDir: fileURLToPath(new URL(`dist/web/${mode}`, import.meta.url)),
      emptyOutDir: true,
      // Small files stay files: the pages' security policy knows no inline scripts.
      assetsInlineLimit: 0,
      rolldownOptions: { checks: { bundlerTimings: false } },
    },
  };
});
