// What the stand-ins for forges have in common: repositories on disk, requests to merge a branch
// of theirs, and an API of which each stand-in says what it knows.
import { Repository } from './repository.mjs';

export const token = 'a-token-of-nobody';

// Routes are what a stand-in answers, by the method and the rest of a path below a repository.
export class Routes {
  #rows = [];

  add(method, pattern, answer) {
    this.#rows.push({ method, pattern: new RegExp(`^${pattern}$`), answer });
  }

  find(method, rest) {
    for (const row of this.#rows) {
      const found = row.method === method && rest.match(row.pattern);
      if (found) return { answer: row.answer, found: found.slice(1) };
    }
    return undefined;
  }
}

// read reads the JSON of a request.
export async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return text ? JSON.parse(text) : {};
}

// A Forge has repositories by their names, such as myorg/payments-gitops.
export class Forge {
  unknown = []; // what was asked for that no route has
  repositories = {};
  all = {};

  // create makes a repository in a folder, with files.
  async create(name, folder, files) {
    this.repositories[name] = await Repository.create(folder, files);
    this.all[name] = [];
  }

  // requests are those of a repository, in the order of their numbers.
  requests(name) {
    return this.all[name];
  }

  // ask opens a request: {title, text, from, into} and what else the stand-in keeps of it.
  ask(name, request, address) {
    const number = this.all[name].length + 1;
    this.all[name].push({ ...request, number, state: 'open', url: address(number) });
    return this.all[name].at(-1);
  }

  // open are the requests of a branch that wait.
  open(name, branch) {
    return this.all[name].filter(r => r.state === 'open' && r.from === branch);
  }

  // merge does what somebody does who likes the request.
  async merge(name, number) {
    const request = this.all[name][number - 1];
    if (request?.state !== 'open') throw new Error(`${name} has no open request ${number}`);
    await this.repositories[name].merge(request.from, request.into, `Merge request ${number}`);
    if (request.removes) await this.repositories[name].remove(request.from);
    request.state = 'merged';
  }

  // answer is that of a route: a body, or a status and a body.
  async answer(routes, request, url, name, rest, base) {
    const repository = this.repositories[name];
    if (!repository) return undefined;
    const row = routes.find(request.method, rest);
    if (row) return row.answer({ forge: this, repository, name, base, query: url.searchParams, body: await read(request), found: row.found });
    this.unknown.push(`${request.method} ${url.pathname}${url.search}`);
    return [501, { message: 'the stand-in does not know this' }];
  }

  // handler listens to requests that have the token, and answers by a function of them.
  handler(known, answer) {
    return async (request, response) => {
      const url = new URL(request.url, `http://${request.headers.host}`);
      let [status, body] = [500, {}];
      try {
        const given = known(request) ? await answer(request, url) : [401, { message: '401 Unauthorized' }];
        [status, body] = Array.isArray(given) && typeof given[0] === 'number' ? given : [request.method === 'POST' ? 201 : 200, given];
        if (given === undefined) [status, body] = [404, { message: '404 Not Found' }];
      } catch (e) {
        body = { message: e.message };
      }
      const type = Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json';
      response.writeHead(status, { 'content-type': type }).end(Buffer.isBuffer(body) ? body : JSON.stringify(body));
    };
  }
}
