/** Provides the `ServerConfig`. */
export const SERVER_CONFIG = Symbol('postrider.server-config');
