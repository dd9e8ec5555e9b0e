// A whole app of Backstage's current frontend system: its catalog, its Kubernetes plugin and the
// card. Whatever it asks a backend for is answered by dev/serve.mjs.
import { createRoot } from 'react-dom/client';
import { ConfigReader } from '@backstage/config';
import { createApp } from '@backstage/frontend-defaults';
import catalog from '@backstage/plugin-catalog/alpha';
import kubernetes from '@backstage/plugin-kubernetes/alpha';
import '@backstage/ui/css/styles.css';
import card from '../src';

const here = window.location.origin;
const config = new ConfigReader({
  app: { title: 'Backstage', baseUrl: here },
  backend: { baseUrl: here },
  organization: { name: 'ACME' },
});
// An app without the Kubernetes plugin is one of the card's states.
const features = window.location.pathname.endsWith('/app-without-plugin') ? [catalog, card] : [catalog, kubernetes, card];
const app = createApp({ features, advanced: { configLoader: async () => ({ config }) } });

createRoot(document.getElementById('root')!).render(app.createRoot());
