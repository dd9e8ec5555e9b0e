import { type ReactElement, useCallback, useMemo, useState } from 'react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { AnalyticsContext, BreadcrumbEntry, errorApiRef, Progress, useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import scaffolder from '@backstage/plugin-scaffolder/alpha';
import {
  type FieldExtensionOptions,
  SecretsContextProvider,
  scaffolderApiRef,
  useCustomLayouts,
  useTemplateSecrets,
} from '@backstage/plugin-scaffolder-react';
import {
  type ReviewStateProps,
  type ScaffolderTheme,
  useTemplateParameterSchema,
  Workflow,
} from '@backstage/plugin-scaffolder-react/alpha';
import type { JsonValue } from '@backstage/types';
import { Navigate, useNavigate } from 'react-router-dom';
import { Review } from './Review';

/** What an app sets for its forms. */
export type Form = { fields: FieldExtensionOptions[]; theme: ScaffolderTheme };

type Props = { namespace: string; name: string; original: ReactElement; form: Form };

/** The form of a template, as Backstage's own page has it, with another last page. */
export function Wizard(props: Props) {
  const { namespace, name, original } = props;
  const { manifest } = useTemplateParameterSchema(stringifyEntityRef({ kind: 'template', namespace, name }));
  // What decorates a form is Backstage's own affair: nothing of it can be called from here.
  const decorated = manifest?.formDecorators ?? manifest?.EXPERIMENTAL_formDecorators;
  if (decorated?.length) {
    return original;
  }
  return (
    <BreadcrumbEntry entry={{ label: name, href: '.' }}>
      <SecretsContextProvider>
        <Steps {...props} />
      </SecretsContextProvider>
    </BreadcrumbEntry>
  );
}

function Steps({ namespace, name, form }: Props) {
  const ref = stringifyEntityRef({ kind: 'template', namespace, name });
  const api = useApi(scaffolderApiRef);
  const errors = useApi(errorApiRef);
  const list = useRouteRef(scaffolder.routes.root);
  const task = useRouteRef(scaffolder.routes.ongoingTask);
  const { secrets } = useTemplateSecrets();
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const layouts = useCustomLayouts(undefined);

  const onCreate = useCallback(
    async (values: Record<string, JsonValue>) => {
      if (creating) {
        return;
      }
      setCreating(true);
      try {
        const { taskId } = await api.scaffold({ templateRef: ref, values, secrets });
        if (task) {
          navigate(task({ taskId }));
        }
      } catch (error) {
        errors.post(error as Error);
      } finally {
        setCreating(false);
      }
    },
    [api, creating, errors, navigate, ref, secrets, task],
  );
  const components = useMemo(() => ({ ReviewStateComponent: (props: ReviewStateProps) => <Review templateRef={ref} {...props} /> }), [ref]);

  return (
    <AnalyticsContext attributes={{ entityRef: ref }}>
      {creating && <Progress />}
      <Workflow
        namespace={namespace}
        templateName={name}
        onCreate={onCreate}
        onError={() => <Navigate to={list?.() ?? '/'} />}
        components={components}
        extensions={form.fields}
        formProps={{ EXPERIMENTAL_theme: form.theme }}
        layouts={layouts}
      />
    </AnalyticsContext>
  );
}
