// The backend: Backstage's own plugins as createBackend starts them, on the configuration files
// that --config names.
import { fileURLToPath } from 'node:url';
import { createBackend } from '@backstage/backend-defaults';
import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import auth from '@backstage/plugin-auth-backend';
import guest from '@backstage/plugin-auth-backend-module-guest-provider';
import catalog from '@backstage/plugin-catalog-backend';
import templates from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import kubernetes from '@backstage/plugin-kubernetes-backend';
import scaffolder from '@backstage/plugin-scaffolder-backend';
import github from '@backstage/plugin-scaffolder-backend-module-github';
import gitlab from '@backstage/plugin-scaffolder-backend-module-gitlab';
import express from 'express';

// What vite built, in place of plugin-app-backend, which takes what Backstage's own CLI builds.
const frontend = createBackendPlugin({
  pluginId: 'app',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter },
      async init({ http }) {
        const dist = fileURLToPath(new URL('dist', import.meta.url));
        http.use(express.static(dist));
        http.use((_, response) => response.sendFile('index.html', { root: dist })); // the app's own routes
        http.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
      },
    });
  },
});

const backend = createBackend();
for (const plugin of [auth, guest, catalog, templates, kubernetes, scaffolder, github, gitlab]) {
  backend.add(plugin.default ?? plugin); // the default export of a CommonJS module, as another one sees it
}
backend.add(frontend);
await backend.start();
