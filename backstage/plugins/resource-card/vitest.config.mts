import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Backstage's packages are modules with parts that Node does not load as they are.
    server: { deps: { inline: [/@backstage\//, /@material-ui\//, /react-use/] } },
    css: false,
    // Of a cold start on two busy cores.
    testTimeout: 60_000,
  },
});
