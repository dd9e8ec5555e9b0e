// What Backstage asks of GitHub's REST API to read files and to open a pull request, answered
// from repositories on disk. Anything else is answered by 501, and listed as unknown.
import { createServer } from 'node:http';

export const token = 'a-token-of-nobody';

const routes = [];
const route = (method, pattern, answer) => routes.push({ method, pattern: new RegExp(`^${pattern}$`), answer });

route('GET', '', async ({ name, base }) => ({
  full_name: name,
  default_branch: 'main',
  permissions: { push: true, pull: true },
  archive_url: `${base}/{archive_format}{/ref}`,
  trees_url: `${base}/git/trees{/sha}`,
}));
route('GET', '/commits', async ({ repository, query }) => {
  const sha = await repository.resolve(query.get('sha') ?? 'main');
  return sha && [{ sha, commit: { tree: { sha: await repository.resolve(sha, 'tree') } } }];
});
route('GET', '/commits/(.+)/status', async ({ repository, base, found: [ref] }) => {
  const sha = await repository.resolve(ref);
  return sha && { sha, repository: { archive_url: `${base}/{archive_format}{/ref}`, trees_url: `${base}/git/trees{/sha}` } };
});
route('GET', '/tarball/(.+)', ({ repository, found: [ref] }) => repository.archive(ref));
route('GET', '/contents/(.+)', ({ repository, query, found: [name] }) => repository.file(query.get('ref') ?? 'main', name));
route('POST', '/git/blobs', async ({ repository, body }) => ({ sha: await repository.blob(Buffer.from(body.content, body.encoding)) }));
route('POST', '/git/trees', async ({ repository, body }) => ({ sha: await repository.tree(body.base_tree, body.tree) }));
route('POST', '/git/commits', async ({ repository, body }) => ({ sha: await repository.commit(body.tree, body.parents, body.message) }));
route('POST', '/git/refs', async ({ repository, body }) => {
  if (await repository.resolve(body.ref)) return [422, { message: 'Reference already exists' }];
  await repository.point(body.ref, body.sha);
  return { ref: body.ref, object: { sha: body.sha } };
});
route('POST', '/pulls', async ({ repository, name, pulls, body }) => {
  const pull = { number: pulls.length + 1, state: 'open', title: body.title, body: body.body, base: { ref: body.base }, head: { ref: body.head.split(':').pop() } };
  pulls.push({ ...pull, html_url: `https://github.com/${name}/pull/${pull.number}` });
  return pulls.at(-1);
});
route('PUT', '/pulls/([0-9]+)/merge', async ({ repository, pulls, found: [number] }) => {
  const pull = pulls[number - 1];
  if (pull?.state !== 'open') return [405, { message: 'Pull Request is not mergeable' }];
  const sha = await repository.merge(pull.head.ref, pull.base.ref, `Merge pull request #${number}`);
  pull.state = 'closed';
  return { merged: true, sha };
});

// branch answers the one question of GraphQL that opens a pull request: is there one already?
async function branch(hub, { variables: { owner, repo, head } }) {
  const { repository, pulls } = hub(`${owner}/${repo}`);
  const open = pulls.filter(p => p.state === 'open' && p.head.ref === head);
  const edges = open.map(p => ({ node: { id: `${p.number}`, number: p.number, url: p.html_url } }));
  const ref = (await repository.resolve(`refs/heads/${head}`)) ? { associatedPullRequests: { edges } } : null;
  return { data: { repository: { ref } } };
}

async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return text ? JSON.parse(text) : {};
}

// serve answers for repositories by their names, such as myorg/payments-gitops.
export async function serve(repositories) {
  const pulls = Object.fromEntries(Object.keys(repositories).map(name => [name, []]));
  const hub = name => ({ repository: repositories[name], pulls: pulls[name] });
  const unknown = [];

  async function answer(request, url) {
    if (request.headers.authorization?.split(' ')[1] !== token) return [401, { message: 'Bad credentials' }];
    const body = await read(request);
    if (url.pathname === '/graphql') return branch(hub, body);
    const [, name, rest] = url.pathname.match(/^\/repos\/([^/]+\/[^/]+)(.*)$/) ?? [];
    if (!repositories[name]) return undefined;
    for (const { method, pattern, answer: by } of routes) {
      const found = decodeURIComponent(rest).match(pattern);
      if (method === request.method && found) {
        return by({ ...hub(name), name, base: `${url.origin}/repos/${name}`, query: url.searchParams, body, found: found.slice(1) });
      }
    }
    unknown.push(`${request.method} ${url.pathname}`);
    return [501, { message: 'the stand-in does not know this' }];
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, `http://${request.headers.host}`);
    let [status, body] = [500, {}];
    try {
      const given = await answer(request, url);
      [status, body] = Array.isArray(given) && typeof given[0] === 'number' ? given : [request.method === 'POST' ? 201 : 200, given];
      if (given === undefined) [status, body] = [404, { message: 'Not Found' }];
      if (url.pathname === '/graphql') status = 200;
    } catch (e) {
      body = { message: e.message };
    }
    if (Buffer.isBuffer(body)) return response.writeHead(status, { 'content-type': 'application/octet-stream' }).end(body);
    return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise(ok => server.listen(0, '127.0.0.1', ok));
  return { url: `http://127.0.0.1:${server.address().port}`, unknown, pulls: name => pulls[name], close: () => server.close() };
}
