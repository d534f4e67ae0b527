import type { RunningServer } from './server.js';

/** One server-sent event; `id` is empty where it has none. */
export interface StreamEvent {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

export interface OpenStream {
  readonly status: number;
  readonly events: readonly StreamEvent[];
  /** Resolves with all events as soon as `isEnough` holds; rejects after 10 s. */
  waitFor(isEnough: (events: readonly StreamEvent[]) => boolean): Promise<readonly StreamEvent[]>;
  /** Resolves when the stream has ended. */
  readonly ended: Promise<void>;
  close(): void;
}

const patienceMs = 10_000;

/** Opens `/stream`. Resolves with the status when that is not 200, too. */
export async function openStream(
  server: RunningServer,
  options: { readonly key?: string; readonly query?: string; readonly lastEventId?: string } = {},
): Promise<OpenStream> {
  const { key = server.apiKey, query = '', lastEventId } = options;
  const abort = new AbortController();
  const response = await fetch(`${server.url}/api/v1/stream${query}`, {
    signal: abort.signal,
    headers: {
      accept: 'text/event-stream',
      authorization: `Bearer ${key}`,
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    },
  });
  const events: StreamEvent[] = [];
  const watchers = new Set<() => void>();
  const read = async (): Promise<void> => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      events.push(...blocks.flatMap(parse));
      for (const watcher of watchers) watcher();
    }
  };
  const ended = response.status === 200 ? read().catch(() => undefined) : Promise.resolve();
  return {
    status: response.status,
    events,
    ended,
    waitFor: (isEnough) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`Not enough came in ${patienceMs} ms: ${JSON.stringify(events)}`)),
          patienceMs,
        );
        const check = (): void => {
          if (!isEnough(events)) return;
          clearTimeout(timer);
          watchers.delete(check);
          resolve(events);
        };
        watchers.add(check);
        check();
      }),
    close: () => abort.abort(),
  };
}

function parse(block: string): StreamEvent[] {
  const field = (name: string): string =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2) ?? '';
  if (field('event') === '') return [];
  return [{ id: field('id'), event: field('event'), data: JSON.parse(field('data')) as Record<string, unknown> }];
}
