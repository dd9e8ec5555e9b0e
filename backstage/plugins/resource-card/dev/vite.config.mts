import { defineConfig } from 'vite';

export default defineConfig({
  define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"', 'process.env': '{}' },
  build: { outDir: 'dist', emptyOutDir: true, minify: false, chunkSizeWarningLimit: 1e6 },
  logLevel: 'error',
});
