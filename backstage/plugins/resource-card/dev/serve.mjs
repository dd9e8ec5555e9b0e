// What stands for Backstage's backend: the catalog has one entity a state, and the Kubernetes
// plugin answers as dev/states.mjs says. On loopback only. By hand: node dev/serve.mjs 3000
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { states } from './states.mjs';

const dist = fileURLToPath(new URL('dist/', import.meta.url));
const mimes = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

// An entity selects by the name that its claim has for it, as the template writes both.
const idOf = name => states[name].custom.items?.[0]?.resources[0].resources[0]?.metadata.labels['backstage.io/kubernetes-id'] ?? name;

const entity = name => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: {
    name,
    namespace: 'default',
    uid: name,
    description: `The state ${name}`,
    annotations: { 'backstage.io/kubernetes-label-selector': `backstage.io/kubernetes-id=${idOf(name)}` },
  },
  spec: { type: states[name].type, owner: 'group:default/team-payments', system: 'system:default/gateway' },
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/team-payments' },
    { type: 'partOf', targetRef: 'system:default/gateway' },
  ],
});

// Status and body, by the path below /api.
function api(path, body) {
  const asked = /^\/catalog\/entities\/by-name\/resource\/default\/([a-z-]+)$/.exec(path)?.[1];
  if (asked) {
    return states[asked] ? [200, entity(asked)] : [404, { error: { name: 'NotFoundError', message: asked } }];
  }
  const ancestry = /^\/catalog\/entities\/by-name\/resource\/default\/([a-z-]+)\/ancestry$/.exec(path)?.[1];
  if (ancestry) {
    return [200, { rootEntityRef: `resource:default/${ancestry}`, items: [{ entity: entity(ancestry), parentEntityRefs: [] }] }];
  }
  if (path.startsWith('/catalog/entities/by-refs')) {
    return [200, { items: (body.entityRefs ?? []).map(() => null) }];
  }
  if (path.startsWith('/catalog/')) {
    return [200, { items: Object.keys(states).map(entity), totalItems: Object.keys(states).length, pageInfo: {} }];
  }
  if (path === '/auth/guest/refresh') {
    const identity = { type: 'user', userEntityRef: 'user:default/guest', ownershipEntityRefs: ['user:default/guest'] };
    return [200, { profile: {}, backstageIdentity: { token: `none.${btoa('{"exp":4102444800}')}.none`, identity } }];
  }
  if (path === '/kubernetes/clusters') {
    return [200, { items: [{ name: 'cluster-mgmt', authProvider: 'serviceAccount' }] }];
  }
  if (path === '/kubernetes/resources/custom/query') {
    const state = states[body.entityRef.split('/')[1]];
    return [state.status ?? 200, state.custom];
  }
  if (path.startsWith('/kubernetes/services/')) {
    return [200, states[path.split('/').pop()].all ?? { items: [] }];
  }
  return [404, {}];
}

export const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (pathname.startsWith('/api/')) {
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const text = Buffer.concat(chunks).toString();
    const [status, answer] = api(pathname.slice('/api'.length), text ? JSON.parse(text) : {});
    return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }
  const file = join(dist, normalize(pathname));
  const name = extname(file) ? file : join(dist, 'index.html'); // the app's own routes
  try {
    response.writeHead(200, { 'content-type': mimes[extname(name)] ?? 'application/octet-stream' }).end(await readFile(name));
  } catch {
    response.writeHead(404).end();
  }
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const port = Number(process.argv[2] ?? 3000);
  server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/catalog/default/resource/${Object.keys(states)[0]}`));
}
