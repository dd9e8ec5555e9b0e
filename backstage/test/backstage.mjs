// Backstage's scaffolder in this process, on loopback, that only tries templates out: such a
// dry run needs no database.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { coreServices, createBackendModule, createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolder from '@backstage/plugin-scaffolder-backend';
import github from '@backstage/plugin-scaffolder-backend-module-github';
import { scaffolderTaskBrokerExtensionPoint } from '@backstage/plugin-scaffolder-node/alpha';
import { parse } from 'yaml';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const folder = path.join(root, 'backstage/templates/create-resource');
export const template = parse(await readFile(path.join(folder, 'template.yaml'), 'utf8'));

export const entity = (kind, name, spec) => ({ apiVersion: 'backstage.io/v1alpha1', kind, metadata: { name, namespace: 'default' }, spec });
export const system = entity('System', 'gateway', { owner: 'group:default/team-payments', domain: 'payments' });
export const domain = entity('Domain', 'payments', { owner: 'group:default/team-payments' });

// The default export of a CommonJS module, as another one sees it.
const plugin = module => module.default ?? module;

// A queue of tasks that takes none.
const noTasks = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'no-tasks',
  register(env) {
    env.registerInit({
      deps: { broker: scaffolderTaskBrokerExtensionPoint },
      async init({ broker }) {
        broker.setTaskBroker({});
      },
    });
  },
});

const noDatabase = createServiceFactory({
  service: coreServices.database,
  deps: {},
  factory: () => ({
    getClient: async () => {
      throw new Error('a dry run asks for a database');
    },
  }),
});

// answering answers what Backstage asks GitHub for a folder: the newest commit, and an archive
// with these files.
async function answering(files) {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'github-'));
  for (const [name, text] of Object.entries({ 'README.md': '', ...files })) {
    const at = path.join(dir, 'repository', name);
    mkdirSync(path.dirname(at), { recursive: true });
    writeFileSync(at, text);
  }
  const archive = execFileSync('tar', ['-cz', '-C', dir, 'repository']);
  rmSync(dir, { recursive: true });
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    const repository = request.url.match(/^\/repos\/[^/]+\/[^/]+/)?.[0];
    if (request.url.includes('/tarball/')) {
      response.writeHead(200, { 'content-type': 'application/gzip' }).end(archive);
    } else if (request.url.includes('/commits/main/status')) {
      const base = `http://127.0.0.1:${server.address().port}${repository}`;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ sha: 'c0', repository: { archive_url: `${base}/{archive_format}{/ref}`, trees_url: `${base}/git/trees{/sha}` } }));
    } else {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"message": "not here"}');
    }
  });
  await new Promise(ok => server.listen(0, '127.0.0.1', ok));
  return { url: `http://127.0.0.1:${server.address().port}`, asked, close: () => server.close() };
}

// start gives a scaffolder on a catalog of entities and a repository with files.
export async function start({ entities = [system, domain], files = {}, of = template } = {}) {
  const hub = await answering(files);
  const backend = await startTestBackend({
    features: [
      plugin(scaffolder), plugin(github), noTasks, noDatabase,
      catalogServiceMock.factory({ entities }),
      mockServices.rootConfig.factory({
        data: { integrations: { github: [{ host: 'github.com', token: 'none', apiBaseUrl: hub.url }] }, scaffolder: { concurrentTasksLimit: 0 } },
      }),
    ],
  });
  const directoryContents = await contents();
  return {
    asked: hub.asked,
    async stop() {
      await backend.stop();
      hub.close();
    },
    // dryRun tries the template out with a filled form: its files, what it says, or why not.
    async dryRun(values) {
      const response = await fetch(`http://127.0.0.1:${backend.server.port()}/api/scaffolder/v2/dry-run`, {
        method: 'POST',
        headers: { authorization: 'Bearer mock-user-token', 'content-type': 'application/json' },
        body: JSON.stringify({ template: of, values, directoryContents }),
      });
      const body = await response.json();
      const made = (body.directoryContents ?? []).map(f => [f.path, Buffer.from(f.base64Content, 'base64').toString()]);
      return {
        status: response.status,
        refused: (body.errors ?? []).map(e => e.stack).join('; ') || body.error?.message || '',
        files: Object.fromEntries(made),
        log: (body.log ?? []).map(l => l.body.message).join('\n'),
        output: body.output,
      };
    },
  };
}

// contents are the template's folder as a dry run takes it.
async function contents(at = '') {
  const out = [];
  for (const entry of await readdir(path.join(folder, at), { withFileTypes: true })) {
    const name = path.posix.join(at, entry.name);
    if (entry.isDirectory()) {
      out.push(...(await contents(name)));
    } else {
      out.push({ path: name, base64Content: (await readFile(path.join(folder, name))).toString('base64') });
    }
  }
  return out;
}
