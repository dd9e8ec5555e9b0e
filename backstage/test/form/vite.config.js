import { defineConfig } from 'vite';

export default defineConfig({
  define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}' },
  build: { minify: false, chunkSizeWarningLimit: 100_000 },
});
