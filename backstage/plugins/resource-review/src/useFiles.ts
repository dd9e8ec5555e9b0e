import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { scmIntegrationsApiRef } from '@backstage/integration-react';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import type { JsonObject } from '@backstage/types';
import { type File, filesOf } from './files/files';
import { type Notice, noticeOf } from './files/notices';
import { requestOf } from './files/request';

/** The state of the files: asked for, there, or not to be had. */
export type State = { is: 'waiting' } | { is: 'shown'; files: File[] } | { is: 'missing'; notice: Notice };

const waiting: State = { is: 'waiting' };

/** useFiles tries a template out with answers, as the template editor does: nothing is made of it. */
export function useFiles(templateRef: string, values: JsonObject): State {
  const catalog = useApi(catalogApiRef);
  const scaffolder = useApi(scaffolderApiRef);
  const integrations = useApi(scmIntegrationsApiRef);
  const answers = JSON.stringify(values);
  const [state, setState] = useState<{ answers: string; state: State }>({ answers, state: waiting });

  useEffect(() => {
    let left = false;
    const ask = async (): Promise<State> => {
      try {
        const template = await catalog.getEntityByRef(templateRef);
        const request = requestOf(template, JSON.parse(answers), address => integrations.resolveUrl(address));
        return { is: 'shown', files: filesOf(await scaffolder.dryRun(request)) };
      } catch (error) {
        return { is: 'missing', notice: noticeOf(error) };
      }
    };
    ask().then(answer => left || setState({ answers, state: answer }));
    return () => {
      left = true;
    };
  }, [answers, catalog, integrations, scaffolder, templateRef]);

  // What was found for other answers is not shown beside these.
  return state.answers === answers ? state.state : waiting;
}
