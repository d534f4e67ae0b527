/** One instruction of a Dockerfile: its name in capitals, and what follows it, with continued lines joined. */
export interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** The stages of a Dockerfile, each beginning with its `FROM`. What comes before the first one is left out. */
export function parseStages(dockerfile: string): readonly (readonly Instruction[])[] {
  const stages: Instruction[][] = [];
  for (const line of joinLines(dockerfile)) {
    const [name = '', ...rest] = line.split(/\s+/);
    const instruction = { name: name.toUpperCase(), text: rest.join(' ') };
    if (instruction.name === 'FROM') stages.push([]);
    stages.at(-1)?.push(instruction);
  }
  return stages;
}

/** The `NAME=value` pairs of every instruction of that name: `ENV`, `LABEL` or `ARG`. */
export function readPairs(stage: readonly Instruction[], name: string): ReadonlyMap<string, string> {
  const text = stage.filter((instruction) => instruction.name === name).map((instruction) => instruction.text);
  const pairs = text.join(' ').matchAll(/([\w.]+)=(?:"([^"]*)"|(\S+))/g);
  return new Map([...pairs].map(([, key = '', quoted, plain]) => [key, quoted ?? plain ?? '']));
}

function joinLines(dockerfile: string): readonly string[] {
  return dockerfile
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
