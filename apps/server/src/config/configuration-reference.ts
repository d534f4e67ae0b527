import { z } from 'zod';
import { exitCodeDocs } from '../process/exit-codes.js';
import { environmentSchema, variableDocs } from './environment-schema.js';

const introduction = `# Configuration

The server reads these environment variables once, when it starts. It refuses to start, and lists every problem at once,
when a value is out of range or when a variable that begins with \`POSTRIDER_\` is not in this table.

Every variable has a twin \`<NAME>_FILE\` with the path of a file that holds the value (one newline at its end is not
part of it), for secrets that a platform mounts as files. Give one or the other. An empty variable counts as not set.

This page is generated from the server's own schema: \`pnpm --filter @postrider/server docs:config\`.
`;

const exitCodes = `
## Exit codes

Of the server, and of every command of \`postrider\`:

| code | meaning |
|---|---|
${exitCodeDocs.map(([code, meaning]) => `| ${code} | ${meaning} |`).join('\n')}
`;

function escapeCell(value: string): string {
  return value.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function describeDefault(schema: z.core.$ZodType, otherwise: string | undefined): string {
  if (otherwise !== undefined) return otherwise;
  const fallback = schema instanceof z.ZodPrefault ? String(schema.def.defaultValue) : '';
  return fallback === '' ? 'empty' : `\`${fallback}\``;
}

/** The text of `docs/reference/configuration.md`. */
export function renderConfigurationReference(): string {
  const rows = Object.entries(environmentSchema.shape).map(([name, schema]) => {
    const doc = variableDocs.get(schema);
    if (doc === undefined) throw new Error(`${name} has no documentation: register it in variableDocs.`);
    const cells = [
      `\`${name}\``,
      describeDefault(schema, doc.otherwise),
      doc.unit ?? '',
      doc.secret === true ? 'yes' : '',
      doc.description,
    ];
    return `| ${cells.map(escapeCell).join(' | ')} |`;
  });
  const head = '| variable | default | unit | secret | meaning |\n|---|---|---|---|---|';
  return `${introduction}\n${head}\n${rows.join('\n')}\n${exitCodes}`;
}
