import { span } from './age';
import { Claim, condition, providerOf, typeOf } from './objects';
import { sizeOf } from './size';
import { cloudName, engineName } from './words';

/** A line of the card: what it is, what it says, and in small what belongs to it. */
export interface Fact {
  label: string;
  text: string;
  detail?: string;
  /** What is put on the clipboard: only a value that somebody pastes elsewhere has it. */
  copy?: string;
  /** Whether the value is there: one that is not is shown in grey. */
  known: boolean;
}

/** The lines of a claim, in the order in which they are asked for. */
export function factsOf(claim: Claim, now: number): Fact[] {
  return [provider(claim), engine(claim), size(claim), endpoint(claim), name(claim), age(claim, now)].filter(
    (f): f is Fact => f !== undefined,
  );
}

function provider(claim: Claim): Fact {
  const cloud = providerOf(claim);
  const region = claim.status?.resource?.region ?? claim.spec?.region;
  const text = [cloud && cloudName(cloud), region].filter(Boolean).join(', ');
  return { label: 'Provider', text: text || 'not known yet', known: Boolean(text) };
}

function engine(claim: Claim): Fact | undefined {
  const is = claim.status?.resource;
  if (typeOf(claim) === 'cluster') {
    const kubernetes = is?.version ?? claim.spec?.cluster?.version;
    return kubernetes ? { label: 'Version', text: `Kubernetes ${kubernetes}`, known: true } : undefined;
  }
  const asked = claim.spec?.database;
  const word = is?.engine ?? asked?.engine;
  if (!word) {
    return undefined; // a bucket, and a queue of a cloud's own
  }
  const version = is?.version ?? asked?.version;
  return { label: 'Engine', text: [engineName(word), version].filter(Boolean).join(' '), known: true };
}

function size(claim: Claim): Fact {
  const { text, instance } = sizeOf(claim);
  return { label: 'Size', text, detail: instance, known: !/not (known|sized) yet$/.test(text) };
}

function endpoint(claim: Claim): Fact {
  const { endpoint: host, port } = claim.status?.resource ?? {};
  if (!host) {
    // An adopted resource may publish none: nobody here knows its password.
    const none = condition(claim, 'Ready')?.status === 'True';
    return { label: 'Endpoint', text: none ? 'none published' : 'not known yet', known: false };
  }
  const text = address(host, port);
  return { label: 'Endpoint', text, copy: text, known: true };
}

/** host:port; a URL has its port in it, and an IPv6 address takes brackets. */
export function address(host: string, port: number | undefined): string {
  if (!port || host.includes('://')) {
    return host;
  }
  return host.includes(':') && !host.startsWith('[') ? `[${host}]:${port}` : `${host}:${port}`;
}

const nameLabels: Record<string, string> = { bucket: 'Bucket', queue: 'Queue', cluster: 'Cluster' };

function name(claim: Claim): Fact | undefined {
  const is = claim.status?.resource?.name;
  return is ? { label: nameLabels[typeOf(claim)] ?? 'Name', text: is, copy: is, known: true } : undefined;
}

function age(claim: Claim, now: number): Fact {
  const since = claim.metadata?.creationTimestamp;
  const text = span(since, now);
  return { label: 'Age', text: text ?? 'not known', detail: since && text ? day(since) : undefined, known: Boolean(text) };
}

// The day of a time in UTC, which reads the same in every browser.
const day = (time: string) => new Date(time).toISOString().slice(0, 10);
