import type { Command } from 'commander';
import { systemClock, systemRandom } from '@postrider/core';
import { exitCodeDocs } from '../process/exit-codes.js';
import { createProgram } from './run-cli.js';

const introduction = `# The postrider command

\`postrider\` operates an installation: it reads the same [configuration](configuration.md) as the server, and works on its
store. It is in the container image (\`docker exec postrider postrider doctor\`) and comes with the npm package:
\`npx @postrider/server doctor\`. Beside a running server of the embedded store, commands that open the store are refused,
because only one process may; \`backup create\`, \`migrate status\`, \`migrate plan\`, \`migrate verify\` and \`doctor\` work.

This page is generated from the command itself: \`pnpm --filter @postrider/server docs:config\`.
`;

/** The text of `docs/reference/cli.md`. */
export function renderCliReference(): string {
  const silent = (): void => undefined;
  const world = { environment: {}, directory: '/', out: silent, err: silent };
  const program = createProgram({ ...world, clock: systemClock, random: systemRandom }, silent);
  const commands = leavesOf(program).map(({ path, command }) => renderCommand(path, command));
  const codes = exitCodeDocs.map(([code, meaning]) => `| ${code} | ${meaning} |`);
  const table = ['## Exit codes', '', '| code | meaning |', '|---|---|', ...codes].join('\n');
  return [introduction, ...commands, `${table}\n`].join('\n');
}

interface Leaf {
  readonly path: string;
  readonly command: Command;
}

function leavesOf(command: Command, path = 'postrider'): readonly Leaf[] {
  if (command.commands.length === 0) return [{ path, command }];
  return command.commands.flatMap((child) => leavesOf(child, `${path} ${child.name()}`));
}

function renderCommand(path: string, command: Command): string {
  const names = command.registeredArguments.map((argument) => ` <${argument.name()}>`).join('');
  const rows = command.options.map(({ flags, description, mandatory, defaultValue }) => {
    const fallback = defaultValue === undefined ? '' : ` (default: \`${String(defaultValue)}\`)`;
    return `| \`${flags}\` | ${description}${mandatory ? ' (required)' : ''}${fallback} |`;
  });
  const options = rows.length === 0 ? [] : ['', '| option | meaning |', '|---|---|', ...rows];
  return [`## \`${path}${names}\``, '', command.description(), ...options, ''].join('\n');
}
