import type { ReactElement } from 'react';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { useParams } from 'react-router-dom';
import { type Form, Wizard } from './Wizard';

type Props = { original: ReactElement; showFilesOf: string[]; form: Form };

/** Backstage's page of templates, but for the form of some. */
export function TemplatesPage({ original, showFilesOf, form }: Props) {
  const { '*': rest = '' } = useParams();
  const [namespace, name, more] = rest.split('/').filter(Boolean);
  if (!namespace || !name || more) {
    return original;
  }
  const ref = stringifyEntityRef({ kind: 'template', namespace, name });
  const chosen = showFilesOf.some(of => stringifyEntityRef(parseEntityRef(of, { defaultKind: 'template' })) === ref);
  // A key, so that a form does not go on with the answers of another.
  return chosen ? <Wizard key={ref} namespace={namespace} name={name} original={original} form={form} /> : original;
}
