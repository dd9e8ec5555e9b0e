import { Claim, condition, typeOf } from './objects';

/** What a claim's size comes to: a line for people, and the cloud's own name of it. */
export interface Size {
  text: string;
  instance?: string;
}

// Of a cache what counts is the part that data can have.
const forData = (usable: number, all: number) => (usable < all ? `${gib(usable, 'for data')} of ${all}` : gib(usable, 'for data'));
const gib = (n: number, what: string) => `${n} GiB ${what}`;

// What high availability is called, by type. Without it a database and a cache are said to have
// none, since that is what somebody looks for; a queue's is its cloud's own matter.
const standby: Record<string, { on: string; off?: string }> = {
  database: { on: 'standby', off: 'no standby' },
  cache: { on: 'replica', off: 'no replica' },
  queue: { on: 'highly available' },
};

// Why there is no size, in the words of the type, for a claim that has not been sized yet.
const sizeless: Record<string, string> = {
  bucket: 'grows with what is in it',
};

/** The size as status.size has it, and before that what the claim asks for. */
export function sizeOf(claim: Claim): Size {
  const type = typeOf(claim);
  const size = claim.status?.size;
  if (size?.instance || size?.vcpu || size?.memoryGiB || size?.storageGiB) {
    const text = sized(type, claim);
    // Where a cloud has no names for its sizes, the figure stands in their place.
    return { text, instance: size.instance && !text.includes(size.instance) ? size.instance : undefined };
  }
  if (sizeless[type]) {
    return { text: sizeless[type] };
  }
  if (condition(claim, 'Sized')?.reason === 'NotApplicable') {
    return { text: 'none to choose on this cloud' };
  }
  const asked = claim.spec?.profile;
  return { text: asked ? `${asked}, not sized yet` : 'not known yet' };
}

function sized(type: string, claim: Claim): string {
  const size = claim.status?.size ?? {};
  const parts: string[] = [];
  if (size.vcpu) {
    parts.push(`${size.vcpu} vCPU`);
  }
  if (size.memoryGiB) {
    parts.push(type === 'cache' && size.usableMemoryGiB ? forData(size.usableMemoryGiB, size.memoryGiB) : gib(size.memoryGiB, 'memory'));
  }
  if (size.storageGiB) {
    parts.push(gib(size.storageGiB, 'disk'));
  }
  const word = standby[type];
  const more = size.highAvailability ? word?.on : size.highAvailability === false ? word?.off : undefined;
  if (more) {
    parts.push(more);
  }
  const asked = claim.spec?.profile;
  const profile = size.profile ?? asked;
  // A profile that was edited is there before the size that it comes to.
  const name = profile && asked && asked !== profile ? `${profile} (${asked} is asked for)` : profile;
  return name ? `${name}: ${parts.join(', ')}` : parts.join(', ');
}
