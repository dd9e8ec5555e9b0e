// A Backstage app on loopback, over repositories on disk and a control plane: the backend is a
// process of its own, as it is at a platform's.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { cp, readFile, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { Repository } from './repository.mjs';
import { serve, token } from './github.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const backstage = path.join(here, '../..');

export const sleep = ms => new Promise(ok => setTimeout(ok, ms));

// until asks until there is an answer, and fails with what it was waiting for.
export async function until(what, ask, seconds = 180) {
  const end = Date.now() + seconds * 1000;
  let why = '';
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (e) {
      why = `: ${e.message}`;
    }
    await sleep(500);
  }
  throw new Error(`waited ${seconds} s for ${what}${why}`);
}

function freePort() {
  return new Promise((ok, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => ok(port));
    });
  });
}

// platform is the platform's repository: the template where app-config.yaml looks for it, and
// whom a form can name.
async function platform() {
  const folder = path.join(backstage, 'templates/create-resource');
  const files = { 'catalog/org.yaml': await readFile(path.join(here, 'org.yaml'), 'utf8') };
  for (const name of ['template.yaml', ...(await readdir(path.join(folder, 'skeleton'))).map(f => `skeleton/${f}`)]) {
    files[`backstage-templates/create-resource/${name}`] = await readFile(path.join(folder, name), 'utf8');
  }
  return files;
}

// cluster is what a kubeconfig says of the API server and who asks.
async function cluster(kubeconfig) {
  const { clusters, users } = parse(await readFile(kubeconfig, 'utf8'));
  return {
    K8S_MGMT_URL: clusters[0].cluster.server,
    K8S_MGMT_CA: clusters[0].cluster['certificate-authority-data'],
    K8S_MGMT_TOKEN: users[0].user.token,
  };
}

// start starts the app in a folder, and waits until it is ready.
export async function start(dir, { kubeconfig, clouds }) {
  const repositories = {
    'myorg/platform-gitops': await Repository.create(path.join(dir, 'git/platform-gitops.git'), await platform()),
    'myorg/payments-gitops': await Repository.create(path.join(dir, 'git/payments-gitops.git'), { 'README.md': 'What payments runs.\n' }),
  };
  const hub = await serve(repositories);

  // As backstage/README.md has somebody do it.
  const lists = await Promise.all(['claim', ...clouds].map(name => readFile(path.join(backstage, `kubernetes/claims/${name}.yaml`), 'utf8')));
  await writeFile(path.join(dir, 'kinds.yaml'), lists.join(''));
  const configs = [path.join(backstage, 'app-config.yaml'), path.join(here, 'app-config.test.yaml')];
  await Promise.all(configs.map(file => cp(file, path.join(dir, path.basename(file)))));

  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const args = ['backend.mjs', ...configs.flatMap(file => ['--config', path.join(dir, path.basename(file))])];
  const env = { ...process.env, ...(await cluster(kubeconfig)), BACKSTAGE_URL: url, BACKSTAGE_PORT: `${port}`, GITHUB_URL: hub.url, GITHUB_TOKEN: token };
  const backend = spawn(process.execPath, args, { cwd: here, env: { ...env, NODE_ENV: 'production' }, stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(path.join(dir, 'backend.log'));
  backend.stdout.pipe(log, { end: false });
  backend.stderr.pipe(log, { end: false });
  const ended = new Promise(ok => backend.on('exit', ok));

  let bearer;
  // ask asks the backend as a guest: its answer, and an error where that is none.
  async function ask(method, at, body) {
    const response = await fetch(`${url}/api/${at}`, {
      method,
      headers: { 'content-type': 'application/json', ...(bearer && { authorization: `Bearer ${bearer}` }) },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${at}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }
  const app = {
    url,
    hub,
    ask,
    repository: name => repositories[name],
    entity: ref => ask('GET', `catalog/entities/by-name/${ref}`).catch(() => undefined),
    async stop() {
      backend.kill('SIGTERM');
      const killed = setTimeout(() => backend.kill('SIGKILL'), 20_000);
      await ended;
      clearTimeout(killed);
      hub.close();
    },
  };
  try {
    await until('the backend', async () => {
      if (backend.exitCode !== null) throw new Error(`it ended with ${backend.exitCode}`);
      return (await fetch(`${url}/.backstage/health/v1/readiness`)).ok;
    });
    bearer = (await ask('POST', 'auth/guest/refresh')).backstageIdentity.token;
    await ask('POST', 'catalog/locations', { type: 'url', target: 'https://github.com/myorg/platform-gitops/blob/main/catalog/org.yaml' });
    for (const ref of ['template/default/create-resource', 'system/default/gateway', 'domain/default/payments', 'group/default/team-payments']) {
      await until(`${ref} in the catalog`, () => app.entity(ref));
    }
  } catch (e) {
    await app.stop();
    throw new Error(`${e.message}\n${(await readFile(path.join(dir, 'backend.log'), 'utf8')).slice(-4000)}`);
  }
  return app;
}
