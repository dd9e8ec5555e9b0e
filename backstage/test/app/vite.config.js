import { defineConfig } from 'vite';

export default defineConfig({
  define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"', 'process.env': '{}' },
  build: { minify: false, chunkSizeWarningLimit: 100_000 },
});
