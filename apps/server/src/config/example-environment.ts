import { z } from 'zod';
import { environmentSchema, variableDocs } from './environment-schema.js';

const introduction = `# Every variable that the server reads, as a file for docker run --env-file or systemd. Remove the "#" in front of
# what you set; the values shown are the defaults. Secrets are better kept in files: <NAME>_FILE names one.
# Generated from the server's schema: pnpm --filter @postrider/server docs:config
`;

/** The text of `.env.example`. */
export function renderExampleEnvironment(): string {
  const variables = Object.entries(environmentSchema.shape)
    .filter(([name]) => name !== 'POSTRIDER_FAILPOINTS')
    .map(([name, schema]) => {
      const { description = '', otherwise } = variableDocs.get(schema) ?? {};
      const value = otherwise === undefined && schema instanceof z.ZodPrefault ? schema.def.defaultValue : '';
      const comments = [description, ...(otherwise === undefined ? [] : [`When empty: ${otherwise}.`])];
      return [...comments.flatMap((text) => wrap(plain(text))), `#${name}=${value}`].join('\n');
    });
  return [introduction, ...variables.map((text) => `${text}\n`)].join('\n');
}

/** Without the marks of Markdown. */
function plain(text: string): string {
  return text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '');
}

function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length > 110) lines.push(`# ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
