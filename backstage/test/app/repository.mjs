// Repositories of git on disk, bare as a server has them.
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

const nobody = { NAME: 'Backstage', EMAIL: 'backstage@example.com' };
const identity = Object.fromEntries(['AUTHOR', 'COMMITTER'].flatMap(who => Object.entries(nobody).map(([k, v]) => [`GIT_${who}_${k}`, v])));

// run runs a program to its end: what it prints, or why it failed.
export function run(program, args, { input, env, ...options } = {}) {
  return new Promise((ok, fail) => {
    const child = spawn(program, args, { ...options, env: { ...process.env, ...env } });
    const out = [];
    const said = [];
    child.stdout.on('data', chunk => out.push(chunk));
    child.stderr.on('data', chunk => said.push(chunk));
    child.on('error', fail);
    child.on('close', code => {
      if (code === 0) return ok(Buffer.concat(out));
      return fail(new Error(`${program} ${args.join(' ')}: ${Buffer.concat(said)}`));
    });
    child.stdin.on('error', () => undefined); // of a program that does not read
    child.stdin.end(input);
  });
}

export class Repository {
  constructor(folder) {
    this.folder = folder;
  }

  // create makes a repository whose main branch has these files.
  static async create(folder, files) {
    const repository = new Repository(folder);
    await mkdir(path.dirname(folder), { recursive: true });
    await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', folder]);
    const entries = [];
    for (const [name, text] of Object.entries(files)) {
      entries.push({ path: name, mode: '100644', sha: await repository.blob(Buffer.from(text)) });
    }
    const commit = await repository.commit(await repository.tree(undefined, entries), [], 'Begin');
    await repository.point('refs/heads/main', commit);
    return repository;
  }

  async git(args, options) {
    return (await this.bytes(args, options)).toString().trim();
  }

  bytes(args, { env, ...options } = {}) {
    return run('git', args, { cwd: this.folder, env: { ...identity, ...env }, ...options });
  }

  // resolve is the commit or tree of a name, and nothing where there is none.
  resolve(name, kind = 'commit') {
    return this.git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{${kind}}`]).catch(() => undefined);
  }

  // file is the content of a file, and nothing where there is none.
  file(ref, name) {
    return this.bytes(['cat-file', 'blob', `${ref}:${name}`]).catch(() => undefined);
  }

  blob(content) {
    return this.git(['hash-object', '-w', '--stdin'], { input: content });
  }

  // tree writes a tree like another one, with some files changed.
  async tree(base, entries) {
    const env = { GIT_INDEX_FILE: path.join(this.folder, `index-${process.hrtime.bigint()}`) };
    await this.git(['read-tree', base ?? '--empty'], { env });
    const input = entries.map(e => `${e.mode} ${e.sha}\t${e.path}\n`).join('');
    await this.git(['update-index', '--index-info'], { env, input });
    return this.git(['write-tree'], { env });
  }

  commit(tree, parents, message) {
    return this.git(['commit-tree', tree, ...parents.flatMap(p => ['-p', p])], { input: message });
  }

  point(ref, commit) {
    return this.git(['update-ref', ref, commit]);
  }

  remove(branch) {
    return this.git(['update-ref', '-d', `refs/heads/${branch}`]);
  }

  // merge merges a branch into another one by a commit of two parents.
  async merge(branch, into, message) {
    const [ours, theirs] = [await this.resolve(into), await this.resolve(branch)];
    const tree = await this.git(['merge-tree', '--write-tree', ours, theirs]);
    const commit = await this.commit(tree, [ours, theirs], message);
    await this.point(`refs/heads/${into}`, commit);
    return commit;
  }

  archive(ref) {
    return this.bytes(['archive', '--format=tar.gz', '--prefix=repository/', ref]);
  }
}
