/** What a cache calls its keys and its channel in Redis. All keys are in one slot, so that a cluster runs the scripts. */
export interface KeySpace {
  readonly channel: string;
  readonly hintChannel: string;
  readonly generation: string;
  readonly patterns: string;
  readonly tagPrefix: string;
  readonly entryPrefix: string;
  /** The three keys that the scripts of an entry take. */
  keysOf(key: string): string[];
}

export function createKeySpace(prefix: string): KeySpace {
  const slot = `{${prefix}}:cache:`;
  const generation = `${slot}generation`;
  const patterns = `${slot}patterns`;
  const entryPrefix = `${slot}e:`;
  return {
    channel: `${slot}changes`,
    hintChannel: `${slot}hints`,
    generation,
    patterns,
    tagPrefix: `${slot}t:`,
    entryPrefix,
    keysOf: (key) => [entryPrefix + key, generation, patterns],
  };
}
