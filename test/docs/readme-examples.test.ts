import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const root = dirname(dirname(import.meta.dirname));

const examples = globSync('{packages,plugins}/*/README.md', { cwd: root })
  .toSorted()
  .flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/^```(js|ts)\n(.*?)^```$/gms)].map((match, index) => ({
      name: `example ${String(index + 1)} of ${file}`,
      folder: join(root, dirname(file)),
      inputType: match[1] === 'ts' ? 'module-typescript' : 'module',
      code: match[2] ?? '',
    })),
  );

it('the READMEs have examples', () => {
  expect(examples.length).toBeGreaterThan(0);
});

// A reader pastes it and runs it, so that is what happens here: against the built package, by its own name.
it.each(examples)('$name runs', ({ folder, inputType, code }) => {
  const run = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', `--input-type=${inputType}`], {
    cwd: folder,
    input: code,
    timeout: 20_000,
  });
  expect(`${run.stderr.toString()}${run.error?.message ?? ''}`).toBe('');
  expect(run.status).toBe(0);
});
