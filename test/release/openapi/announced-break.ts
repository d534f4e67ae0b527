/** A changeset as it stands in its file. */
const changeset = /^---\n(?<bumps>[\s\S]*?)\n---\n(?<text>[\s\S]*)$/;
const bumpOfServer = /^['"]?@postrider\/server['"]?: *(?<bump>\w+)$/m;

/**
 * Whether the changeset tells users of the server of a breaking change: a line begins with `Breaking:`, and the bump is
 * major, or minor while the version begins with 0.
 */
export function announcesBreak(file: string, serverVersion: string): boolean {
  const { bumps = '', text = '' } = changeset.exec(file.replaceAll('\r\n', '\n'))?.groups ?? {};
  const bump = bumpOfServer.exec(bumps)?.groups?.['bump'];
  const isEnough = bump === 'major' || (bump === 'minor' && serverVersion.startsWith('0.'));
  return isEnough && /^Breaking: /m.test(text);
}
