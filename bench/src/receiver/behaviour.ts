/** How an endpoint of the receiver behaves, as its address says. */
export interface Behaviour {
  readonly endpoint: number;
  readonly status: number;
  /** Time until the answer. */
  readonly delayMs: number;
  readonly answer: Buffer;
}

const known = new Map<string, Behaviour>();

/** Reads the target off the head of a request; each address is parsed once. */
export function parseTarget(head: string): Behaviour {
  const from = head.indexOf(' ') + 1;
  const target = head.slice(from, head.indexOf(' ', from));
  const found = known.get(target);
  if (found !== undefined) return found;
  const { pathname, searchParams } = new URL(target, 'http://receiver');
  const status = Number(searchParams.get('status') ?? 200);
  const behaviour = {
    endpoint: Number(pathname.slice('/e/'.length)),
    status,
    delayMs: Number(searchParams.get('delayMs') ?? 0),
    answer: Buffer.from(`HTTP/1.1 ${status} Answer\r\ncontent-length: 0\r\n\r\n`),
  };
  known.set(target, behaviour);
  return behaviour;
}
