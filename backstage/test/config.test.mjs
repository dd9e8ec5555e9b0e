// What the README has a platform put together is configuration that Backstage reads.
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { ConfigSources } from '@backstage/config-loader';
import { root } from './backstage.mjs';

for (const clouds of [['gcp'], ['ibm'], ['gcp', 'aws', 'azure', 'ibm']]) {
  test(`the lists of ${clouds} are one list of the cluster`, async () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'config-'));
    copyFileSync(path.join(root, 'backstage/app-config.yaml'), path.join(dir, 'app-config.yaml'));
    for (const scope of ['claims', 'namespaced']) {
      const lists = ['claim', ...clouds].map(name => readFileSync(path.join(root, 'backstage/kubernetes', scope, `${name}.yaml`), 'utf8'));
      writeFileSync(path.join(dir, 'kinds.yaml'), lists.join(''));
      const config = await ConfigSources.toConfig(ConfigSources.default({
        argv: ['--config', path.join(dir, 'app-config.yaml')],
        substitutionFunc: async name => `value of ${name}`,
        watch: false,
      }));
      const [cluster] = config.getConfigArray('kubernetes.clusterLocatorMethods')[0].getConfigArray('clusters');
      assert.equal(cluster.getString('serviceAccountToken'), 'value of K8S_MGMT_TOKEN');
      const kinds = cluster.getConfigArray('customResources').map(kind => [kind.getString('group'), kind.getString('apiVersion'), kind.getString('plural')]);
      assert.equal(kinds.length, lists.join('').match(/^- /gm).length);
      assert.ok(kinds.length > clouds.length, 'a list is empty');
      assert.deepEqual(kinds[0], ['platform.victor.onl', 'v1alpha1', 'resources']);
      config.close();
    }
    rmSync(dir, { recursive: true });
  });
}
