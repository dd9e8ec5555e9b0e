import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { annotations } from './claim/missing';
import { types } from './claim/objects';

// The card of a Resource entity with a type of the platform's, by which the Kubernetes plugin is
// to find something. A database without those annotations is somebody else's.
const claimCard = EntityCardBlueprint.make({
  name: 'claim',
  params: {
    // The wide column of the overview, where it is the first thing that somebody sees: the cards of the
    // catalog in the narrow one, About and Links, fill a screen.
    type: 'content',
    filter: {
      $all: [
        { kind: 'resource' },
        { 'spec.type': { $in: [...types] } },
        {
          $any: [
            { [`metadata.annotations.${annotations.selector}` as const]: { $exists: true } },
            { [`metadata.annotations.${annotations.id}` as const]: { $exists: true } },
          ],
        },
      ],
    },
    loader: () => import('./components/ResourceCard').then(m => <m.ResourceCard />),
  },
});

/** The plugin, for the features of an app of Backstage's current frontend system. */
export const resourceCardPlugin = createFrontendPlugin({
  pluginId: 'resource-card',
  title: 'Resource claims',
  info: { packageJson: () => import('../package.json') },
  extensions: [claimCard],
});
