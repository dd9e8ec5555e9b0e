// The form alone on a page: Backstage's own steps and pickers, over a catalog in memory. What
// is sent stands in #sent.
import React from 'react';
import { createRoot } from 'react-dom/client';
import { InMemoryCatalogClient } from '@backstage/catalog-client/testUtils';
import { catalogApiRef, entityPresentationApiRef } from '@backstage/plugin-catalog-react';
import { EntityPickerFieldExtension, MultiEntityPickerFieldExtension, OwnerPickerFieldExtension } from '@backstage/plugin-scaffolder';
import { ScaffolderFieldExtensions, SecretsContextProvider, useCustomFieldExtensions } from '@backstage/plugin-scaffolder-react';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import { TestApiProvider, wrapInTestApp } from '@backstage/test-utils';
import '@backstage/ui/css/styles.css';
import { parse } from 'yaml';
import text from '../../templates/create-resource/template.yaml?raw';

const { metadata, spec } = parse(text);
const entities = [
  ['System', 'gateway', { domain: 'payments', owner: 'team-payments' }],
  ['System', 'ledger', { domain: 'payments', owner: 'team-payments' }],
  ['Group', 'team-payments', { type: 'team', children: [] }],
  ['Group', 'team-ledger', { type: 'team', children: [] }],
  ['Component', 'gateway-api', { type: 'service', lifecycle: 'production', owner: 'team-payments' }],
  ['Component', 'gateway-worker', { type: 'service', lifecycle: 'production', owner: 'team-payments' }],
].map(([kind, name, of]) => ({ apiVersion: 'backstage.io/v1alpha1', kind, metadata: { name, namespace: 'default' }, spec: of }));

// plugin-catalog has the real one, which shows names in the same way where there are no titles.
const presentation = {
  forEntity(of) {
    const entityRef = typeof of === 'string' ? of : `${of.kind}:default/${of.metadata.name}`.toLowerCase();
    const snapshot = { entityRef, primaryTitle: entityRef.split('/').at(-1) };
    return { snapshot, promise: Promise.resolve(snapshot) };
  },
};
const apis = [[catalogApiRef, new InMemoryCatalogClient({ entities })], [entityPresentationApiRef, presentation]];
const manifest = { title: metadata.title, steps: spec.parameters.map(schema => ({ title: schema.title, description: schema.description, schema })) };
const pickers = (
  <ScaffolderFieldExtensions>
    <EntityPickerFieldExtension />
    <MultiEntityPickerFieldExtension />
    <OwnerPickerFieldExtension />
  </ScaffolderFieldExtensions>
);

function Form() {
  const extensions = useCustomFieldExtensions(pickers);
  const [sent, setSent] = React.useState();
  return (
    <div style={{ background: 'white', margin: '0 auto', maxWidth: 900, padding: 24 }}>
      <SecretsContextProvider>
        <Stepper extensions={extensions} manifest={manifest} onCreate={async values => setSent(values)} />
      </SecretsContextProvider>
      {sent && <pre id="sent">{JSON.stringify(sent)}</pre>}
    </div>
  );
}

createRoot(document.getElementById('root')).render(wrapInTestApp(<TestApiProvider apis={apis}><Form /></TestApiProvider>));
