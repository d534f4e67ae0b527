const headEnd = Buffer.from('\r\n\r\n');

/** Cuts a stream of HTTP/1.1 messages with a `content-length` into heads and bodies. */
export class BodyReader {
  readonly #onMessage: (head: string, body: Buffer) => void;
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** Until so many bytes are there, looking at them again is of no use. */
  #needed = 0;

  constructor(onMessage: (head: string, body: Buffer) => void) {
    this.#onMessage = onMessage;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes < this.#needed) return;
    let rest = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    this.#needed = 0;
    for (;;) {
      const end = rest.indexOf(headEnd);
      if (end < 0) break;
      const head = rest.toString('latin1', 0, end);
      const bodyStart = end + headEnd.length;
      const bodyEnd = bodyStart + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (rest.length < bodyEnd) {
        this.#needed = bodyEnd;
        break;
      }
      this.#onMessage(head, rest.subarray(bodyStart, bodyEnd));
      rest = rest.subarray(bodyEnd);
    }
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#bytes = rest.length;
  }
}
