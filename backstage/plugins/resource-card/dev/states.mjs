// The states of the card, each an entity and what the Kubernetes plugin answers of it.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parts, recorded } from '../test/recorded.mjs';

const renders = fileURLToPath(new URL('../test/renders/', import.meta.url));
const ready = new Set(readdirSync(renders).map(f => f.replace('.yaml', '')));

/** A time before now, in minutes. */
const ago = minutes => new Date(Date.now() - minutes * 60_000).toISOString();
const days = n => n * 24 * 60;

/** A claim of an example: ready where a render of what a cloud has is there. */
function claim(name, { made = days(23), since = made, conditions = {}, ...options } = {}) {
  const file = name.split('/')[1];
  const is = recorded(name, {
    since: ago(since),
    render: options.creating ? undefined : ready.has(file) ? `${renders}${file}.yaml` : undefined,
    ...options,
  });
  is.metadata.creationTimestamp = ago(made);
  for (const [type, [status, reason, message, minutes = since]] of Object.entries(conditions)) {
    const rest = is.status.conditions.filter(c => c.type !== type);
    is.status.conditions = [...rest, { type, status, reason, message, lastTransitionTime: ago(minutes) }];
  }
  return is;
}

const waiting = ['False', 'Waiting', 'Claim is waiting for composite resource to become Ready'];
const at = (name, objects, errors = []) => ({
  cluster: { name },
  resources: [{ type: 'customresources', resources: objects }],
  podMetrics: [],
  errors,
});
const one = (...claims) => ({ items: [at('cluster-mgmt', claims)] });
const failed = (statusCode, errorType = 'UNKNOWN_ERROR') => ({
  errorType,
  statusCode,
  resourcePath: '/apis/platform.victor.onl/v1alpha1/resources',
});

const db = 'payments-prod-infra/cloudsql-main';
const bucket = 'payments-prod-infra/gcs-main';
const cache = 'payments-prod-infra/memorystore-main';
const queue = 'payments-dev-infra/sqs-main';
const huge = 'spec.profile: "huge" is not allowed; allowed are nano, small, medium, large, xlarge';

// The renders of a cache and a queue are of the call before their cloud lets the functions know.
const served = { conditions: { Provisioned: ['True', 'Available'], Ready: ['True', 'Available'] } };
const patched = (is, change) => (change(is), is);
const ledger = 'payments-prod-infra/cloudsql-ledger';
const long = 'projects/acme/locations/europe-west1/keyRings/'.repeat(12).replaceAll('/', '-');

/** By the entity's name: its type, and the answers. */
export const states = {
  'database-ready': { type: 'database', custom: one(claim(db)) },
  'bucket-ready': { type: 'bucket', custom: one(claim(bucket)) },
  'cache-ready': { type: 'cache', custom: one(claim(cache, served)) },
  'queue-ready': { type: 'queue', custom: one(claim(queue, served)) },
  'database-creating': { type: 'database', custom: one(claim(db, { creating: true, made: 12 })) },
  'queue-on-a-server': { type: 'queue', custom: one(claim('payments-prod-infra/rabbitmq-main', { made: 25 })) },
  'namespaced-creating': { type: 'cache', custom: one(claim('payments-dev-infra/elasticache-main', { made: 4, namespaced: true })) },
  refused: {
    type: 'database',
    custom: one(claim(db, { conditions: { Composed: ['False', 'InvalidClaim', huge, 40], Provisioned: ['Unknown', 'NotComposed'] } })),
  },
  stopped: {
    type: 'database',
    custom: one(
      claim(db, {
        conditions: { Provisioned: ['False', 'Stopped', 'instance was stopped: Cloud SQL reports the activation policy NEVER', 95] },
      }),
    ),
  },
  'provider-error': {
    type: 'bucket',
    custom: one(
      claim('payments-dev-infra/s3-main', {
        made: 130,
        conditions: {
          Provisioned: [
            'False',
            'ProviderError',
            'policy: cannot put bucket policy: AccessDenied: User is not authorized to perform s3:PutBucketPolicy',
            55,
          ],
        },
      }),
    ),
  },
  'waits-for-settings': {
    type: 'cache',
    custom: one(
      patched(
        claim('payments-prod-infra/redis-main', {
          made: 7,
          conditions: {
            Composed: [
              'False',
              'AwaitingSettings',
              'waits for the EnvironmentConfig platform-prod, without which nothing new is made in prod',
            ],
            Provisioned: ['Unknown', 'NotComposed'],
          },
        }),
        is => {
          is.status = {
            conditions: is.status.conditions.filter(c => !['Sized', 'CostTagged'].includes(c.type)),
            resource: { provider: 'ibm', region: 'eu-es' },
          };
        },
      ),
    ),
  },
  paused: {
    type: 'database',
    custom: one(
      patched(
        claim(db, {
          conditions: {
            Synced: ['False', 'ReconcilePaused', 'Reconciliation (including deletion) is paused via the pause annotation', 180],
          },
        }),
        is => {
          is.metadata.annotations = { 'crossplane.io/paused': 'true' };
        },
      ),
    ),
  },
  deleting: { type: 'queue', custom: one(patched(claim(queue, served), is => Object.assign(is.metadata, { deletionTimestamp: ago(3) }))) },
  'just-made': { type: 'database', custom: one(patched(claim(db, { made: 0.2 }), is => delete is.status)) },
  'none-found': { type: 'database', custom: { items: [] }, all: { items: [] } },
  'claim-deleted': {
    type: 'bucket',
    custom: { items: [] },
    all: {
      items: [
        at(
          'cluster-mgmt',
          parts(bucket).map(o => ({
            ...o,
            metadata: { ...o.metadata, deletionTimestamp: ago(50) },
            status: { conditions: [{ type: 'Synced', status: 'False', message: 'delete failed: the bucket is not empty' }] },
          })),
        ),
      ],
    },
  },
  'label-missing': { type: 'database', custom: { items: [] }, all: { items: [at('cluster-mgmt', parts(db))] } },
  'several-claims': {
    type: 'database',
    custom: one(
      claim(db),
      patched(claim(ledger, { made: 20 }), is => {
        is.status.resource.entity = claim(db).status.resource.entity; // as its spec.entity says
      }),
    ),
  },
  'borrowed-label': { type: 'database', custom: one(claim(db), claim(ledger, { made: 20 })) },
  'fatal-error': {
    type: 'database',
    custom: one(
      claim(db, {
        conditions: Object.fromEntries(
          ['Sized', 'CostTagged'].map(type => [
            type,
            ['Unknown', 'FatalError', 'A fatal error occurred before the status of this condition could be determined.', 6],
          ]),
        ),
      }),
    ),
  },
  'long-words': {
    type: 'database',
    custom: one(
      patched(claim(db, { conditions: { Provisioned: ['False', 'ProviderError', long, 9], Sized: ['False', 'HeldBack', long] } }), is => {
        Object.assign(is.status.resource, { endpoint: `<img src=x onerror=alert(1)>${long.slice(0, 200)}`, name: long.slice(0, 200) });
      }),
    ),
  },
  'several-clusters': {
    type: 'bucket',
    custom: { items: [at('cluster-mgmt-a', [claim(bucket)]), at('cluster-mgmt-b', [claim(bucket, { made: 15 })])] },
  },
  'partly-answered': {
    type: 'database',
    custom: {
      items: [
        at('cluster-mgmt', [claim(db)]),
        at('cluster-old', [], [{ errorType: 'FETCH_ERROR', message: 'connect ECONNREFUSED 10.1.0.4:443' }]),
      ],
    },
  },
  'account-not-allowed': { type: 'database', custom: { items: [at('cluster-mgmt', [], [failed(403)])] } },
  'no-such-kind': { type: 'database', custom: { items: [at('cluster-apps', [], [failed(404, 'NOT_FOUND')])] } },
  'user-not-allowed': { type: 'database', status: 403, custom: { error: { name: 'NotAllowedError', message: 'Unauthorized' } } },
  'plugin-unreachable': { type: 'database', status: 404, custom: {} },
  'plugin-fails': {
    type: 'database',
    status: 500,
    custom: { error: { name: 'Error', message: 'no bearer token or client cert for cluster cluster-mgmt and not running in Kubernetes' } },
  },
  'app-without-plugin': { type: 'database', custom: { items: [] } },
};
