import { expect, test } from 'vitest';
import type { Claim } from '../src/claim/objects';
import { sizeOf } from '../src/claim/size';
import { claim, condition } from './claims';

interface Case {
  reason: string;
  spec?: Claim['spec'];
  status?: Claim['status'];
  want: { text: string; instance?: string };
}

const cases: Record<string, Case> = {
  Database: {
    reason: 'A database has processors, memory, a disk and a standby.',
    status: { size: { profile: 'medium', instance: 'db-custom-4-16384', vcpu: 4, memoryGiB: 16, storageGiB: 200, highAvailability: true } },
    want: { text: 'medium: 4 vCPU, 16 GiB memory, 200 GiB disk, standby', instance: 'db-custom-4-16384' },
  },
  NoStandby: {
    reason: 'A database without a standby says that it has none.',
    spec: { profile: 'nano' },
    status: { size: { profile: 'nano', instance: 'db-f1-micro', vcpu: 0.5, memoryGiB: 0.6, storageGiB: 20, highAvailability: false } },
    want: { text: 'nano: 0.5 vCPU, 0.6 GiB memory, 20 GiB disk, no standby', instance: 'db-f1-micro' },
  },
  Cache: {
    reason: 'Of a cache the part that data can have counts, and its standby is a replica.',
    spec: { type: 'cache', profile: 'medium' },
    status: { size: { profile: 'medium', instance: 'Balanced_B5', vcpu: 2, memoryGiB: 6, usableMemoryGiB: 4.8, highAvailability: true } },
    want: { text: 'medium: 2 vCPU, 4.8 GiB for data of 6, replica', instance: 'Balanced_B5' },
  },
  CacheWhole: {
    reason: 'A cache whose memory is all for data has one figure, which is also the cloud’s name of it.',
    spec: { type: 'cache', profile: 'medium' },
    status: { size: { profile: 'medium', instance: '6 GiB', memoryGiB: 6, usableMemoryGiB: 6, highAvailability: true } },
    want: { text: 'medium: 6 GiB for data, replica', instance: undefined },
  },
  QueueOfServer: {
    reason: 'A queue that stands on a server has the server’s size.',
    spec: { type: 'queue', profile: 'medium' },
    status: { size: { profile: 'medium', instance: 'b3c.4x16.encrypted', vcpu: 4, memoryGiB: 16, storageGiB: 20, highAvailability: true } },
    want: { text: 'medium: 4 vCPU, 16 GiB memory, 20 GiB disk, highly available', instance: 'b3c.4x16.encrypted' },
  },
  QueueWithout: {
    reason: 'A queue of SQS has no size to choose, as Sized says.',
    spec: { type: 'queue', profile: undefined },
    status: { conditions: [condition('Sized', 'True', 'NotApplicable', 'SQS has no size to choose')] },
    want: { text: 'none to choose on this cloud' },
  },
  Bucket: {
    reason: 'A bucket has no size, before and after it is composed.',
    spec: { type: 'bucket', profile: undefined },
    status: {},
    want: { text: 'grows with what is in it' },
  },
  Unsized: {
    reason: 'A claim that was refused has the profile that it asks for, and nothing of what it comes to.',
    status: {},
    want: { text: 'medium, not sized yet' },
  },
  Unsaid: {
    reason: 'An adopted database without a profile has no size until it was looked at.',
    spec: { profile: undefined },
    status: {},
    want: { text: 'not known yet' },
  },
  Edited: {
    reason: 'A profile that was edited is told beside the one that runs.',
    spec: { profile: 'large' },
    status: { size: { profile: 'medium', instance: 'db-custom-4-16384', vcpu: 4, memoryGiB: 16 } },
    want: { text: 'medium (large is asked for): 4 vCPU, 16 GiB memory', instance: 'db-custom-4-16384' },
  },
  Nameless: {
    reason: 'What is only observed may have a size and no profile.',
    spec: { profile: undefined },
    status: { size: { vcpu: 4, memoryGiB: 16 } },
    want: { text: '4 vCPU, 16 GiB memory', instance: undefined },
  },
};

for (const [name, { reason, spec, status, want }] of Object.entries(cases)) {
  test(`sizeOf: ${name}`, () => {
    expect(sizeOf(claim({ spec, status })), reason).toEqual(want);
  });
}
