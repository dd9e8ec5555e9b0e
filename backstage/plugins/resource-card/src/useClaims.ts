import { useRef, useState } from 'react';
import type { Entity } from '@backstage/catalog-model';
import { useCustomResources } from '@backstage/plugin-kubernetes-react';
import type { ObjectsByEntityResponse } from '@backstage/plugin-kubernetes-common';
import { claimKind } from './claim/objects';
import { State, stateOf } from './claim/state';

// Of claims alone, which is one request a cluster: the Kubernetes tab asks for some dozens of
// kinds. It takes no entry in customResources of app-config.yaml, and no other right.
const matchers = [{ ...claimKind }];

// What changes is asked for as often as the Kubernetes tab asks, the rest less often.
const often = 10_000;
const seldom = 60_000;

/** The state of the card of an entity, renewed by itself. */
export function useClaims(entity: Entity): State {
  const [interval, setInterval] = useState(often);
  const { kubernetesObjects, error } = useCustomResources(entity, matchers, interval);
  // After an error the hook forgets its last answer.
  const last = useRef<{ objects: ObjectsByEntityResponse; at: number }>();
  const now = Date.now();
  if (kubernetesObjects && last.current?.objects !== kubernetesObjects) {
    last.current = { objects: kubernetesObjects, at: now };
  }
  const state = stateOf(entity, { ...last.current, error }, now);
  const wanted = state.is === 'shown' && !state.busy ? seldom : often;
  if (wanted !== interval) {
    setInterval(wanted);
  }
  return state;
}
