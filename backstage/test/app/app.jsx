// The frontend: Backstage's own plugins, and the card, by its current frontend system.
import React from 'react';
import { createRoot } from 'react-dom/client';
import { ConfigReader } from '@backstage/config';
import { createApp } from '@backstage/frontend-defaults';
import catalog from '@backstage/plugin-catalog/alpha';
import kubernetes from '@backstage/plugin-kubernetes/alpha';
import scaffolder from '@backstage/plugin-scaffolder/alpha';
import '@backstage/ui/css/styles.css';
import resourceCard from '@victor-onl/backstage-plugin-resource-card';

const here = window.location.origin;
const config = new ConfigReader({
  app: { title: 'Backstage', baseUrl: here },
  backend: { baseUrl: here },
  organization: { name: 'ACME' },
});
const app = createApp({
  features: [catalog, scaffolder, kubernetes, resourceCard],
  advanced: { configLoader: async () => ({ config }) },
});

createRoot(document.getElementById('root')).render(app.createRoot());
