import type { Entity } from '@backstage/catalog-model';
import { useKubernetesObjects } from '@backstage/plugin-kubernetes-react';
import { isWhole, othersOf } from '../claim/answer';
import { missing } from '../claim/missing';
import { NoticeBox } from './NoticeBox';
import { Waiting } from './Waiting';

const seldom = 60_000;

/**
 * No cluster has a claim. Only now all kinds of the Kubernetes tab are asked for, which says
 * whether the claim was deleted, lacks its label, or was never there.
 */
export function Missing({ entity }: { entity: Entity }) {
  const { kubernetesObjects, error } = useKubernetesObjects(entity, seldom);
  if (!kubernetesObjects && error === undefined) {
    return <Waiting />;
  }
  return <NoticeBox notice={missing(entity, kubernetesObjects ? othersOf(kubernetesObjects) : [], isWhole(kubernetesObjects))} />;
}
