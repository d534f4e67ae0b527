const { POSTRIDER_URL: url, POSTRIDER_API_KEY: apiKey } = process.env;
if (url === undefined || apiKey === undefined) throw new Error('Set POSTRIDER_URL and POSTRIDER_API_KEY.');

/** Reads from the API of the server; throws what it answers instead of 200. */
export async function read<T>(path: string, query: Readonly<Record<string, string>> = {}): Promise<T> {
  const address = `${url}/api/v1${path}?${new URLSearchParams(query).toString()}`;
  const answer = await fetch(address, { headers: { authorization: `Bearer ${apiKey}` } });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** Reads a list to its end, page by page. */
export async function* readAll<T>(path: string): AsyncGenerator<T> {
  let iterator: string | undefined;
  for (;;) {
    const query: Record<string, string> = iterator === undefined ? {} : { iterator };
    const page = await read<{ data: T[]; iterator: string | null; done: boolean }>(path, query);
    yield* page.data;
    if (page.done || page.iterator === null) return;
    iterator = page.iterator;
  }
}

/** The part of a report that the scripts look at. */
export interface Report {
  readonly deliveries: number;
  readonly successRate: number;
  readonly averageResponseTime: number;
  readonly errorBreakdown: Readonly<Record<string, number>>;
  readonly topEndpoints: readonly { readonly endpointId: string; readonly count: number }[];
}

/** Reports on the last so many hours. */
export function reportOn(lastHours: number): Promise<Report> {
  const to = new Date();
  const from = new Date(to.getTime() - lastHours * 3_600_000);
  return read<Report>('/analytics/report', { from: from.toISOString(), to: to.toISOString() });
}

/** A share as a text, such as `93.3 %`. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Says that somebody should look, and lets the process say so too when it ends. */
export function complain(message: string): void {
  console.log(message);
  process.exitCode = 1;
}
