import { coreExtensionData, createFrontendModule, ExtensionBoundary } from '@backstage/frontend-plugin-api';
import scaffolder from '@backstage/plugin-scaffolder/alpha';
import { formFieldsApiRef } from '@backstage/plugin-scaffolder-react/alpha';
import { z } from 'zod';
import { fieldsOf } from './fields';

// Backstage's current frontend system has no extension for the last page of a form: its page of
// templates takes none (plugin-scaffolder 1.41.0). So the page is overridden, and shows a form
// of its own for some templates alone. Any other template, and the list of them, stay Backstage's.
const templates = scaffolder.getExtension('sub-page:scaffolder/templates').override({
  configSchema: {
    showFilesOf: z.array(z.string()).default(['template:default/create-resource']),
  },
  *factory(original, { node, apis, config }) {
    const page = original();
    yield* page;
    yield coreExtensionData.reactElement(
      ExtensionBoundary.lazy(node, async () => {
        const fields = fieldsOf((await apis.get(formFieldsApiRef)?.loadFormFields()) ?? []);
        const { TemplatesPage } = await import('./components/TemplatesPage');
        return (
          <TemplatesPage
            original={page.get(coreExtensionData.reactElement)}
            showFilesOf={config.showFilesOf}
            form={{ fields, theme: config.enableBackstageUi ? 'bui' : 'mui' }}
          />
        );
      }),
    );
  },
});

/** The module of the scaffolder's plugin, for the features of an app of Backstage's current frontend system. */
export const reviewModule = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [templates],
});
