/** What is kept of a response body, in bytes of UTF-8. */
export const maxKeptBodyBytes = 16 * 1024;

/**
 * The beginning of a response body as text that any store can hold: invalid UTF-8 and NUL become U+FFFD, a character
 * that was cut in half at the end is dropped, and the result has at most `maxKeptBodyBytes` bytes of UTF-8.
 */
export function toResponseText(chunks: readonly Uint8Array[]): string {
  const [first] = chunks;
  if (first === undefined) return '';
  const bytes = chunks.length === 1 ? first : Buffer.concat(chunks);
  const text = decodeWhole(bytes.subarray(0, maxKeptBodyBytes)).replaceAll('\0', '\uFFFD');
  // Replacement characters take three bytes where one was invalid.
  if (Buffer.byteLength(text) <= maxKeptBodyBytes) return text;
  return decodeWhole(Buffer.from(text).subarray(0, maxKeptBodyBytes));
}

/** In streaming mode an unfinished character at the end waits for more bytes, which never come. */
function decodeWhole(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: true });
}
