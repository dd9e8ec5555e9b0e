// The app, with what stands for Backstage's backend: the scaffolder is Backstage's own, of the
// template's tests; the catalog answers from a list. On loopback only.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { domain, entity, registered, start, system } from '../../../test/backstage.mjs';

const dist = fileURLToPath(new URL('dist/', import.meta.url));
const mimes = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const team = 'group:default/team-payments';
const ref = of => `${of.kind}:${of.metadata.namespace}/${of.metadata.name}`.toLowerCase();

export const listed = [
  registered,
  { ...registered, metadata: { ...registered.metadata, name: 'another', title: 'Another template' } },
  system,
  domain,
  entity('System', 'nowhere', { owner: team }),
  entity('Group', 'team-payments', { type: 'team', children: [] }),
  entity('Component', 'gateway-api', { type: 'service', lifecycle: 'production', owner: team }),
  entity('Component', 'gateway-worker', { type: 'service', lifecycle: 'production', owner: team }),
  entity('Resource', 'gcp-payments-prod-cloudsql-taken', { type: 'database', owner: team }),
];

// Status and body of what the catalog and the sign-in answer, by the path below /api.
function api(path, query, body) {
  const name = /^\/catalog\/entities\/by-name\/(\w+)\/default\/([a-z-]+)$/.exec(path);
  if (name) {
    const found = listed.find(e => ref(e) === `${name[1]}:default/${name[2]}`);
    return found ? [200, found] : [404, { error: { name: 'NotFoundError', message: name[2] } }];
  }
  if (path === '/catalog/entities/by-refs') {
    return [200, { items: body.entityRefs.map(r => listed.find(e => ref(e) === r) ?? null) }];
  }
  if (path.startsWith('/catalog/')) {
    const kinds = `${JSON.stringify(body)} ${query}`.toLowerCase();
    const some = listed.filter(e => kinds.includes(e.kind.toLowerCase()));
    return [200, path === '/catalog/entities' ? some : { items: some, totalItems: some.length, pageInfo: {}, facets: {} }];
  }
  if (path === '/auth/guest/refresh') {
    const identity = { type: 'user', userEntityRef: 'user:default/guest', ownershipEntityRefs: ['user:default/guest'] };
    return [200, { profile: {}, backstageIdentity: { token: `none.${btoa('{"exp":4102444800}')}.none`, identity } }];
  }
  return [404, {}];
}

/** serve starts it all. What is sent by Create is kept; answer may stand in for the scaffolder. */
export async function serve() {
  const backend = await start({ entities: listed, files: { 'crossplane/claims/prod/cloudsql-there/claim.yaml': 'kind: Resource\n' } });
  const state = { tasks: [], answer: undefined };
  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url, 'http://localhost');
    if (!pathname.startsWith('/api/')) {
      const file = join(dist, normalize(pathname));
      const name = extname(file) ? file : join(dist, 'index.html'); // the app's own routes
      const content = await readFile(name).catch(() => undefined);
      return response.writeHead(content ? 200 : 404, { 'content-type': mimes[extname(name)] ?? 'application/octet-stream' }).end(content);
    }
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const text = Buffer.concat(chunks).toString();
    let [status, answer] = [404, {}];
    if (pathname === '/api/scaffolder/v2/tasks') {
      state.tasks.push(JSON.parse(text));
      [status, answer] = [201, { id: 'task-1' }];
    } else if (pathname.endsWith('/dry-run') && state.answer) {
      [status, answer] = state.answer;
    } else if (pathname.startsWith('/api/scaffolder/')) {
      const headers = { authorization: 'Bearer mock-user-token', 'content-type': 'application/json' };
      const said = await fetch(backend.url + pathname + search, { method: request.method, headers, ...(text && { body: text }) });
      [status, answer] = [said.status, await said.json().catch(() => ({}))];
    } else {
      [status, answer] = api(pathname.slice('/api'.length), decodeURIComponent(search), text ? JSON.parse(text) : {});
    }
    return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise(ok => server.listen(0, '127.0.0.1', ok));
  return {
    state,
    backend,
    url: `http://127.0.0.1:${server.address().port}`,
    async stop() {
      server.close();
      await backend.stop();
    },
  };
}
