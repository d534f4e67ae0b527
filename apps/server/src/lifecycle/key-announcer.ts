/** Shows a generated key to whoever started the server. */
export type KeyAnnouncer = (key: string) => void;

/** Provides the `KeyAnnouncer`. */
export const KEY_ANNOUNCER = Symbol('postrider.key-announcer');
