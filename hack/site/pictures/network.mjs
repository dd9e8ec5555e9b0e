// How an app reaches a database, a cache or a queue on each cloud, and the settings' keys that name
// what is in between: docs/networks.md.
const panel = (x, y, title) => ({ x, y, w: 462, h: 236, look: 'group', title });
const app = (x, y, ...lines) => ({ x: x + 12, y: y + 40, w: 104, h: 64, title: 'an app', lines });
const by = (x, y, h, title, ...lines) => ({ x: x + 140, y, w: 156, h, look: 'main', title, lines });
const it = (x, y, h, title, ...lines) => ({ x: x + 320, y, w: 132, h, look: 'good', title, lines });
const open = (x, y, ...lines) => ({ x: x + 12, y: y + 176, w: 440, h: 48, lines });
const through = (x, y, to) => [{ points: [[x + 116, y + 72], [x + 140, y + 72]] }, ...to.map(at => ({ points: [[x + 296, at], [x + 320, at]] }))];

const [gcp, aws, azure, ibm] = [[6, 6], [476, 6], [6, 252], [476, 252]];

export default {
  width: 944,
  height: 496,
  title: 'On Google Cloud an app reaches a database by private services access, on AWS by security groups in the platform’s subnets, on Azure in a delegated subnet or by a private endpoint, on IBM Cloud by a private endpoint with an allowlist. Buckets and most queues have public endpoints.',
  boxes: [
    panel(...gcp, 'Google Cloud'),
    app(...gcp, 'in the VPC', 'network'),
    by(gcp[0], gcp[1] + 40, 64, 'a peering', 'private services', 'access: network'),
    it(gcp[0], gcp[1] + 40, 64, 'Google’s own', 'Cloud SQL,', 'Memorystore'),
    open(...gcp, 'Storage and Pub/Sub: public endpoints,', 'which let nobody in without IAM'),

    panel(...aws, 'AWS'),
    app(...aws, 'in the VPC'),
    by(aws[0], aws[1] + 40, 116, 'security groups', 'securityGroupIDs,', 'or made in vpcID', 'for allowedCIDRs;', 'of caches: cache.…'),
    it(aws[0], aws[1] + 40, 116, 'the subnets', 'subnetIDs, or', 'subnetGroup:', 'RDS, ElastiCache', 'in two zones'),
    open(...aws, 'S3 and SQS: public endpoints, which let nobody in', 'without IAM, and no plain HTTP'),

    panel(...azure, 'Azure'),
    app(...azure, 'in the virtual', 'network'),
    by(azure[0], azure[1] + 32, 66, 'delegated subnet', 'delegatedSubnetID,', 'one an engine'),
    it(azure[0], azure[1] + 32, 66, 'in it', 'Flexible Server'),
    by(azure[0], azure[1] + 104, 66, 'private endpoint', 'cache.subnetID,', 'queue.subnetID'),
    it(azure[0], azure[1] + 104, 66, 'behind it', 'Managed Redis,', 'Premium queues'),
    open(...azure, 'private DNS zones name them: privateDNSZoneID. Accounts of', 'buckets: bucket.subnetIDs, bucket.ipRules; else public'),

    panel(...ibm, 'IBM Cloud'),
    app(...ibm, 'on the private', 'network'),
    by(ibm[0], ibm[1] + 40, 116, 'private endpoint', 'for allowedCIDRs;', 'without them for the', 'private network of', 'every account'),
    it(ibm[0], ibm[1] + 40, 116, 'behind it', 'databases, Redis,', 'RabbitMQ; TLS', 'and a password', 'in any case'),
    open(...ibm, 'Object Storage: a public endpoint, or bucket.endpoint,', 'which lets nobody in without IAM'),
  ],
  arrows: [
    ...through(...gcp, [gcp[1] + 72]),
    ...through(...aws, [aws[1] + 72]),
    ...through(...azure, [azure[1] + 65, azure[1] + 137]),
    { points: [[azure[0] + 67, azure[1] + 104], [azure[0] + 67, azure[1] + 137], [azure[0] + 140, azure[1] + 137]] },
    ...through(...ibm, [ibm[1] + 72]),
  ],
};
