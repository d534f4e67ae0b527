import pg from 'pg';

type Query = (this: pg.Client, ...parameters: unknown[]) => Promise<unknown>;

function replaceQuery(query: Query): void {
  Object.defineProperty(pg.Client.prototype, 'query', { value: query, configurable: true, writable: true });
}

/** The server runs the statement, and the connection breaks before its answer arrives. Returns what ends that. */
export function loseAnswersTo(sql: string): () => void {
  const original = Reflect.get(pg.Client.prototype, 'query') as Query;
  replaceQuery(async function query(this: pg.Client, ...parameters) {
    const result = await original.apply(this, parameters);
    if (parameters[0] === sql) throw new Error('Connection terminated unexpectedly');
    return result;
  });
  return () => replaceQuery(original);
}
