/** Provides the `Logger` of the process. */
export const LOGGER = Symbol('postrider.logger');
