// What Backstage asks of GitHub's REST API to read files and to open a pull request, answered
// from repositories on disk. Anything else is answered by 501, and listed as unknown.
import { createServer } from 'node:http';
import { Forge, Routes, read, token } from './forge.mjs';

const routes = new Routes();

routes.add('GET', '', async ({ name, base }) => ({
  full_name: name,
  default_branch: 'main',
  permissions: { push: true, pull: true },
  archive_url: `${base}/{archive_format}{/ref}`,
  trees_url: `${base}/git/trees{/sha}`,
}));
routes.add('GET', '/commits', async ({ repository, query }) => {
  const sha = await repository.resolve(query.get('sha') ?? 'main');
  return sha && [{ sha, commit: { tree: { sha: await repository.resolve(sha, 'tree') } } }];
});
routes.add('GET', '/commits/(.+)/status', async ({ repository, base, found: [ref] }) => {
  const sha = await repository.resolve(ref);
  return sha && { sha, repository: { archive_url: `${base}/{archive_format}{/ref}`, trees_url: `${base}/git/trees{/sha}` } };
});
routes.add('GET', '/tarball/(.+)', ({ repository, found: [ref] }) => repository.archive(ref));
routes.add('GET', '/contents/(.+)', ({ repository, query, found: [name] }) => repository.file(query.get('ref') ?? 'main', name));
routes.add('POST', '/git/blobs', async ({ repository, body }) => ({ sha: await repository.blob(Buffer.from(body.content, body.encoding)) }));
routes.add('POST', '/git/trees', async ({ repository, body }) => ({ sha: await repository.tree(body.base_tree, body.tree) }));
routes.add('POST', '/git/commits', async ({ repository, body }) => ({ sha: await repository.commit(body.tree, body.parents, body.message) }));
routes.add('POST', '/git/refs', async ({ repository, body }) => {
  if (await repository.resolve(body.ref)) return [422, { message: 'Reference already exists' }];
  await repository.point(body.ref, body.sha);
  return { ref: body.ref, object: { sha: body.sha } };
});
routes.add('POST', '/pulls', ({ forge, name, body }) => {
  const pull = { title: body.title, text: body.body, from: body.head.split(':').pop(), into: body.base };
  const { number, url } = forge.ask(name, pull, n => `https://github.com/${name}/pull/${n}`);
  return { number, state: 'open', title: pull.title, body: pull.text, base: { ref: pull.into }, head: { ref: pull.from }, html_url: url };
});

// branch answers the one question of GraphQL that opens a pull request: is there one already?
async function branch(forge, { variables: { owner, repo, head } }) {
  const name = `${owner}/${repo}`;
  const edges = forge.open(name, head).map(p => ({ node: { id: `${p.number}`, number: p.number, url: p.url } }));
  const ref = (await forge.repositories[name].resolve(`refs/heads/${head}`)) ? { associatedPullRequests: { edges } } : null;
  return [200, { data: { repository: { ref } } }];
}

// github stands for github.com.
export async function github() {
  const forge = new Forge();
  const known = request => request.headers.authorization?.split(' ')[1] === token;
  const server = createServer(forge.handler(known, async (request, url) => {
    if (url.pathname === '/graphql') return branch(forge, await read(request));
    const [, name, rest] = url.pathname.match(/^\/repos\/([^/]+\/[^/]+)(.*)$/) ?? [];
    return forge.answer(routes, request, url, name, decodeURIComponent(rest ?? ''), `${url.origin}/repos/${name}`);
  }));
  await new Promise(ok => server.listen(0, '127.0.0.1', ok));
  return Object.assign(forge, {
    kind: 'github',
    host: 'github.com',
    blob: 'blob',
    env: { GITHUB_URL: `http://127.0.0.1:${server.address().port}`, GITHUB_TOKEN: token },
    close: () => server.close(),
  });
}
