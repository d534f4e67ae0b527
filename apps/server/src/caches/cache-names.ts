/** The tag of every cached application, of all environments. */
export const applicationsTag = 'application';

/** A name of a cached thing that no other environment has. */
export function inEnvironment(environmentId: string, name: string): string {
  return `${environmentId}:${name}`;
}

/** The tags of an application: one for each name that it is looked up by. */
export function applicationTags(application: {
  readonly environmentId: string;
  readonly id: string;
  readonly uid?: string | undefined;
}): string[] {
  const { environmentId, id, uid } = application;
  return [id, uid].flatMap((name) =>
    name === undefined ? [] : [`${applicationsTag}:${inEnvironment(environmentId, name)}`],
  );
}

const keyTagPrefix = 'key:';
const portalTokensTagPrefix = 'portal-tokens:';

/** The tag of what is known about an API key or a portal token. */
export function keyTag(keyId: string): string {
  return `${keyTagPrefix}${keyId}`;
}

/** The tag of what is known about all portal tokens of an application. */
export function portalTokensTag(applicationId: string): string {
  return `${portalTokensTagPrefix}${applicationId}`;
}

/** Whether a tag is one of the two above. */
export function isKeyTag(tag: string): boolean {
  return tag.startsWith(keyTagPrefix) || tag.startsWith(portalTokensTagPrefix);
}

/** The tag of an event type, given as `<environment id>:<name>`. */
export function eventTypeTag(key: string): string {
  return `event-type:${key}`;
}

/** What an `eventTypeTag` names. */
export function eventTypeKeyOf(tag: string): { readonly environmentId: string; readonly name: string } {
  const [, environmentId = '', name = ''] = tag.split(':');
  return { environmentId, name };
}

/** The tag of the settings of an environment. */
export function environmentSettingsTag(environmentId: string): string {
  return `environment-settings:${environmentId}`;
}
