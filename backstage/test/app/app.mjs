// A Backstage app on loopback, over repositories on disk and a control plane: the backend is a
// process of its own, as it is at a platform's.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { cp, readFile, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

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
async function platform(template) {
  const folder = path.join(backstage, 'templates/create-resource');
  const at = 'backstage-templates/create-resource';
  const files = { 'catalog/org.yaml': await readFile(path.join(here, 'org.yaml'), 'utf8') };
  files[`${at}/template.yaml`] = template ?? (await readFile(path.join(folder, 'template.yaml'), 'utf8'));
  for (const name of await readdir(path.join(folder, 'skeleton'))) {
    files[`${at}/skeleton/${name}`] = await readFile(path.join(folder, 'skeleton', name), 'utf8');
  }
  return files;
}

// cluster is what a kubeconfig says of the API server and who asks, or one that nobody asks.
async function cluster(kubeconfig) {
  if (!kubeconfig) return { K8S_MGMT_URL: 'https://127.0.0.1:1', K8S_MGMT_CA: 'none', K8S_MGMT_TOKEN: 'none' };
  const { clusters, users } = parse(await readFile(kubeconfig, 'utf8'));
  return {
    K8S_MGMT_URL: clusters[0].cluster.server,
    K8S_MGMT_CA: clusters[0].cluster['certificate-authority-data'],
    K8S_MGMT_TOKEN: users[0].user.token,
  };
}

// configure writes the configuration into the folder, as backstage/README.md has somebody do it.
async function configure(dir, forge, at, clouds) {
  const lists = await Promise.all(['claim', ...clouds].map(name => readFile(path.join(backstage, `kubernetes/claims/${name}.yaml`), 'utf8')));
  await writeFile(path.join(dir, 'kinds.yaml'), lists.join(''));
  const own = await readFile(path.join(backstage, 'app-config.yaml'), 'utf8');
  await writeFile(path.join(dir, 'app-config.yaml'), own.replace('https://github.com/myorg/platform-gitops/blob/main', at));
  const tests = ['app-config.test.yaml', `app-config.${forge.kind}.yaml`];
  await Promise.all(tests.map(file => cp(path.join(here, file), path.join(dir, file))));
  return ['app-config.yaml', ...tests].flatMap(file => ['--config', path.join(dir, file)]);
}

// start starts the app in a folder, and waits until it is ready. What the forge and the template say
// of the organization is the same; of what the project has it is myorg.
export async function start(dir, forge, { organization = 'myorg', template, kubeconfig, clouds = [] }) {
  const own = `${organization}/platform-gitops`;
  await forge.create(own, path.join(dir, 'git/platform-gitops.git'), await platform(template));
  await forge.create(`${organization}/payments-gitops`, path.join(dir, 'git/payments-gitops.git'), { 'README.md': 'What payments runs.\n' });
  const at = `https://${forge.host}/${own}/${forge.blob}/main`;

  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const args = ['backend.mjs', ...(await configure(dir, forge, at, clouds))];
  const env = { ...process.env, ...(await cluster(kubeconfig)), ...forge.env, BACKSTAGE_URL: url, BACKSTAGE_PORT: `${port}`, NODE_ENV: 'production' };
  const backend = spawn(process.execPath, args, { cwd: here, env, stdio: ['ignore', 'pipe', 'pipe'] });
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
    ask,
    entity: ref => ask('GET', `catalog/entities/by-name/${ref}`).catch(() => undefined),
    // create runs a filled form without a browser: what the task ends with, what it says and puts out.
    async create(values) {
      const { id } = await ask('POST', 'scaffolder/v2/tasks', { templateRef: 'template:default/create-resource', values });
      const task = await until(`the task ${id}`, async () => {
        const now = await ask('GET', `scaffolder/v2/tasks/${id}`);
        return ['completed', 'failed'].includes(now.status) && now;
      });
      const events = await ask('GET', `scaffolder/v2/tasks/${id}/events`);
      return { status: task.status, log: events.map(e => JSON.stringify(e.body)).join('\n'), output: events.at(-1).body.output };
    },
    async stop() {
      backend.kill('SIGTERM');
      const killed = setTimeout(() => backend.kill('SIGKILL'), 20_000);
      await ended;
      clearTimeout(killed);
    },
  };
  try {
    await until('the backend', async () => {
      if (backend.exitCode !== null) throw new Error(`it ended with ${backend.exitCode}`);
      return (await fetch(`${url}/.backstage/health/v1/readiness`)).ok;
    }, 300);
    bearer = (await ask('POST', 'auth/guest/refresh')).backstageIdentity.token;
    await ask('POST', 'catalog/locations', { type: 'url', target: `${at}/catalog/org.yaml` });
    for (const ref of ['template/default/create-resource', 'system/default/gateway', 'domain/default/payments', 'group/default/team-payments']) {
      await until(`${ref} in the catalog`, () => app.entity(ref));
    }
  } catch (e) {
    await app.stop();
    throw new Error(`${e.message}\n${(await readFile(path.join(dir, 'backend.log'), 'utf8')).slice(-4000)}`);
  }
  return app;
}
