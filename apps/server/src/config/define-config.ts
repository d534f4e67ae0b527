/** A plugin, by npm name or by path; relative paths begin at the file that names it. */
export type PluginChoice =
  string | { readonly package: string; readonly options?: Readonly<Record<string, unknown>> | undefined };

/** What `postrider.config.ts` (or `.js`, `.json`) exports: the plugins of an installation. */
export interface PostriderConfig {
  /** Default: the storage that `POSTRIDER_DATABASE_URL` asks for. */
  readonly storage?: PluginChoice | undefined;
  /** Further plugins. Default: none. */
  readonly plugins?: readonly PluginChoice[] | undefined;
}

/** Types what a configuration file exports; does nothing else. */
export function defineConfig(config: PostriderConfig): PostriderConfig {
  return config;
}
