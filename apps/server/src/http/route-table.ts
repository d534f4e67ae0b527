/** Which methods each path pattern has routes for; asked only when no route took a request. */
export class RouteTable {
  readonly #methodsByPattern = new Map<string, Set<string>>();
  #matchers: readonly { readonly form: RegExp; readonly methods: ReadonlySet<string> }[] | undefined;

  /** Notes a route. `pattern` is a path with `:name` segments. */
  add(method: string | readonly string[], pattern: string): void {
    const methods = this.#methodsByPattern.get(pattern) ?? new Set();
    for (const each of [method].flat()) methods.add(each);
    this.#methodsByPattern.set(pattern, methods);
    this.#matchers = undefined;
  }

  /** Methods of the routes whose pattern fits the path, sorted; with or without a slash at its end. */
  methodsOf(path: string): readonly string[] {
    this.#matchers ??= [...this.#methodsByPattern].map(([pattern, methods]) => ({ form: toForm(pattern), methods }));
    const found = this.#matchers.filter(({ form }) => form.test(path)).flatMap(({ methods }) => [...methods]);
    return [...new Set(found)].sort();
  }

  /** Every route as `METHOD pattern`, sorted. */
  list(): readonly string[] {
    return [...this.#methodsByPattern]
      .flatMap(([pattern, methods]) => [...methods].map((method) => `${method} ${pattern}`))
      .sort();
  }
}

function toForm(pattern: string): RegExp {
  const segments = pattern
    .split('/')
    .map((segment) => (segment.startsWith(':') ? '[^/]+' : segment.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${segments.join('/')}/?$`);
}
