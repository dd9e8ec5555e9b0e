// A whole app of Backstage's current frontend system: its catalog, its scaffolder and the module.
// Whatever it asks a backend for is answered by dev/serve.mjs.
import { createRoot } from 'react-dom/client';
import { ConfigReader } from '@backstage/config';
import { createApp } from '@backstage/frontend-defaults';
import catalog from '@backstage/plugin-catalog/alpha';
import scaffolder from '@backstage/plugin-scaffolder/alpha';
import '@backstage/ui/css/styles.css';
import review from '../src';

const here = window.location.origin;
const config = new ConfigReader({
  app: { title: 'Backstage', baseUrl: here },
  backend: { baseUrl: here },
  organization: { name: 'ACME' },
  integrations: { github: [{ host: 'github.com' }] },
});
// The stock app, beside which the module has to be.
const stock = localStorage.getItem('stock') === 'true';
const features = stock ? [catalog, scaffolder] : [catalog, scaffolder, review];
const app = createApp({ features, advanced: { configLoader: async () => ({ config }) } });

createRoot(document.getElementById('root')!).render(app.createRoot());
