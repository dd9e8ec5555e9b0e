import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Backstage's packages are modules with parts that Node does not load as they are.
    server: { deps: { inline: [/@backstage\//, /@material-ui\//, /@mui\//, /material-ui-popup-state/, /react-use/] } },
    css: false,
    setupFiles: ['test/quiet.ts'],
    // Of a cold start on two busy cores.
    testTimeout: 60_000,
  },
});
