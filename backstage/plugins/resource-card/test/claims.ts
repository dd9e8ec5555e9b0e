// Claims of the tests. What a test says of one is laid over a claim that is ready.
import type { Claim, Condition } from '../src/claim/objects';

export const now = Date.parse('2026-11-27T12:00:00Z');

/** A time before now, in minutes. */
export const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();

export const condition = (type: string, status: string, reason?: string, message?: string, minutes = 60): Condition => ({
  type,
  status,
  reason,
  message,
  lastTransitionTime: ago(minutes),
});

export const ready = [
  condition('Synced', 'True', 'ReconcileSuccess'),
  condition('Composed', 'True', 'Composed'),
  condition('Provisioned', 'True', 'Available'),
  condition('Sized', 'True', 'Sized', 'medium: db-custom-4-16384 (4 vCPU, 16 GiB), 200 GiB of disk'),
  condition('CostTagged', 'True', 'Tagged', '1 resource tagged'),
  condition('Ready', 'True', 'Available'),
];

/** The conditions of a ready claim, with others in place of those of the same type. */
export const withConditions = (...others: Condition[]): Condition[] => [
  ...ready.filter(c => !others.some(o => o.type === c.type)),
  ...others,
];

interface Parts {
  metadata?: Claim['metadata'];
  spec?: Claim['spec'];
  status?: Claim['status'];
}

export const claim = ({ metadata, spec, status }: Parts = {}): Claim => ({
  apiVersion: 'platform.victor.onl/v1alpha1',
  kind: 'Resource',
  metadata: { name: 'cloudsql-main', namespace: 'payments-prod-infra', uid: 'u1', creationTimestamp: ago(3 * 24 * 60), ...metadata },
  spec: { provider: 'gcp', profile: 'medium', ...spec },
  status: status ?? { conditions: ready },
});

/** A claim with these conditions in place of a ready one's. */
export const claimWith = (...others: Condition[]) => claim({ status: { conditions: withConditions(...others) } });
