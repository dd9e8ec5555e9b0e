// What Backstage asks of GitLab's REST API v4 to read files and to open a merge request, answered
// from repositories on disk. Anything else is answered by 501, and listed as unknown. What is asked
// was read in the sources of scaffolder-backend-module-gitlab 0.11.10, @gitbeaker/core 43.8.0 and
// backend-defaults 0.18.0, and what a GitLab says of a file that is there in what its users report. Its
// other refusals are as remembered, as of 2026-11, not checked.
import path from 'node:path';
import { createHttpServer } from '@backstage/backend-defaults/rootHttpRouter';
import { Forge, Routes, token } from './forge.mjs';

const routes = new Routes();

routes.add('GET', '', async ({ name, base }) => ({ path_with_namespace: name, default_branch: 'main', web_url: base }));
routes.add('GET', '/repository/commits', async ({ repository, query }) => {
  const id = await repository.resolve(query.get('ref_name'));
  return id && [{ id }];
});
// Of the whole repository: what a GitLab says of a path that is not there was not found.
routes.add('GET', '/repository/archive', ({ repository, query }) => (query.has('path') ? [501, {}] : repository.archive(query.get('sha'))));
routes.add('GET', '/repository/files/(.+)/raw', async ({ repository, query, found: [name] }) =>
  (await repository.file(query.get('ref'), name)) ?? [404, { message: '404 File Not Found' }]);
routes.add('GET', '/repository/branches/(.+)', async ({ repository, base, found: [name] }) => {
  const id = await repository.resolve(`refs/heads/${name}`);
  return id ? { name, commit: { id }, web_url: `${base}/-/tree/${name}` } : [404, { message: '404 Branch Not Found' }];
});
routes.add('POST', '/repository/branches', async ({ repository, base, body: { branch, ref } }) => {
  if (await repository.resolve(`refs/heads/${branch}`)) return [400, { message: 'Branch already exists' }];
  const id = await repository.resolve(ref);
  if (!id) return [400, { message: 'Invalid reference name' }];
  await repository.point(`refs/heads/${branch}`, id);
  return { name: branch, commit: { id }, web_url: `${base}/-/tree/${branch}` };
});
routes.add('POST', '/repository/commits', async ({ repository, body: { branch, commit_message: message, actions } }) => {
  const entries = [];
  for (const { action, file_path: at, content, encoding } of actions) {
    if (action !== 'create') return [501, { message: `the stand-in does not ${action} files` }];
    if (await repository.file(branch, at)) return [400, { message: 'A file with this name already exists' }];
    entries.push({ path: at, mode: '100644', sha: await repository.blob(Buffer.from(content, encoding)) });
  }
  const parent = await repository.resolve(`refs/heads/${branch}`);
  const id = await repository.commit(await repository.tree(parent, entries), [parent], message);
  await repository.point(`refs/heads/${branch}`, id);
  return { id };
});
const shown = r => ({ iid: r.number, state: r.state === 'open' ? 'opened' : r.state, title: r.title, web_url: r.url });
routes.add('GET', '/merge_requests', ({ forge, name, query }) => forge.requests(name).filter(r => r.from === query.get('source_branch')).map(shown));
routes.add('POST', '/merge_requests', ({ forge, name, base, body }) => {
  const request = { title: body.title, text: body.description, from: body.source_branch, into: body.target_branch, removes: body.remove_source_branch };
  const [open] = forge.open(name, request.from);
  if (open) return [409, { message: [`Another open merge request already exists for this source branch: !${open.number}`] }];
  return shown(forge.ask(name, request, n => `${base}/-/merge_requests/${n}`));
});

// gitlab stands for a GitLab of one's own, by https as its addresses in the template are: Backstage reads
// files at the host of their address, whatever the integration has for its API.
export async function gitlab() {
  const forge = new Forge();
  // The token of a reader and that of a client.
  const known = ({ headers }) => [headers.authorization, headers['private-token'] && `Bearer ${headers['private-token']}`].includes(`Bearer ${token}`);
  const listener = forge.handler(known, async (request, url) => {
    const [, project, rest] = url.pathname.match(/^\/api\/v4\/projects\/([^/]+)(.*)$/) ?? [];
    const name = decodeURIComponent(project ?? '');
    return forge.answer(routes, request, url, name, decodeURIComponent(rest ?? ''), `https://${url.host}/${name}`);
  });
  const https = { certificate: { type: 'generated', hostname: 'localhost' } };
  const server = await createHttpServer(listener, { listen: { host: '127.0.0.1', port: 0 }, https }, { logger: { info() {}, warn: console.warn } });
  await server.start();
  const host = `localhost:${server.port()}`;
  return Object.assign(forge, {
    kind: 'gitlab',
    host,
    blob: '-/blob',
    // Where Backstage keeps the certificate that it makes of itself.
    env: { GITLAB_HOST: host, GITLAB_TOKEN: token, NODE_EXTRA_CA_CERTS: path.resolve('node_modules/.cache/backstage-backend/dev-cert.pem') },
    close: () => server.stop(),
  });
}
