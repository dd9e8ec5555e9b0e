// What the card reads of Kubernetes objects. Any field may be missing: a claim that was just
// made has no status, and another version of the platform may have other fields.

/** What Kubernetes calls a claim, or in the namespaced scope the XR that stands in its place. */
export const claimKind = {
  group: 'platform.victor.onl',
  apiVersion: 'v1alpha1',
  plural: 'resources',
} as const;

/** The words of spec.type, which are those of the entity's spec.type too. */
export const types = ['database', 'bucket', 'cache', 'queue', 'cluster'] as const;

export interface Metadata {
  name?: string;
  namespace?: string;
  uid?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
  observedGeneration?: number;
}

/** Any object of a Kubernetes API, such as a managed resource. */
export interface KubeObject {
  apiVersion?: string;
  kind?: string;
  metadata?: Metadata;
  status?: { conditions?: Condition[] };
}

/** A Resource of platform.victor.onl, as apis/v1alpha1 has it. */
export interface Claim extends KubeObject {
  spec?: {
    type?: string;
    provider?: string;
    profile?: string;
    region?: string;
    adopt?: string;
    database?: { engine?: string; version?: string };
    cluster?: { version?: string };
    compositionSelector?: { matchLabels?: Record<string, string> };
    crossplane?: { compositionSelector?: { matchLabels?: Record<string, string> } };
  };
  status?: {
    conditions?: Condition[];
    resource?: {
      made?: boolean;
      name?: string;
      entity?: string;
      provider?: string;
      region?: string;
      engine?: string;
      version?: string;
      endpoint?: string;
      port?: number;
    };
    size?: {
      profile?: string;
      instance?: string;
      vcpu?: number;
      memoryGiB?: number;
      usableMemoryGiB?: number;
      storageGiB?: number;
      highAvailability?: boolean;
    };
  };
}

export function condition(of: KubeObject, type: string): Condition | undefined {
  return of.status?.conditions?.find(c => c.type === type);
}

/** A claim without spec.type is one of a database: the XRD's default. */
export function typeOf(claim: Claim): string {
  return claim.spec?.type ?? 'database';
}

export function providerOf(claim: Claim): string | undefined {
  const { spec, status } = claim;
  return (
    status?.resource?.provider ??
    spec?.provider ??
    spec?.compositionSelector?.matchLabels?.provider ??
    spec?.crossplane?.compositionSelector?.matchLabels?.provider
  );
}

/** namespace/name, as kubectl users write it. */
export function nameOf(object: KubeObject): string {
  const { namespace, name = '?' } = object.metadata ?? {};
  return namespace ? `${namespace}/${name}` : name;
}
