import { accept, refuse, show, type Validation } from './validation.js';

/** Bounds of the headers that an endpoint adds to its requests. */
export const customHeaderLimits = { count: 20, valueBytes: 4096, totalBytes: 8192 } as const;

export type HeaderCode = 'forbidden_header' | 'invalid_header';

const forbiddenNames: ReadonlySet<string> = new Set([
  // Framing and the connection belong to the sender.
  ...['host', 'content-length', 'transfer-encoding', 'connection', 'keep-alive', 'upgrade', 'te', 'trailer', 'expect'],
  // Set by the sender, some of them through fields of their own.
  ...['content-type', 'content-encoding', 'user-agent', 'traceparent', 'tracestate'],
  // Would let a tenant speak in the name of somebody else.
  ...['cookie', 'forwarded', 'x-real-ip'],
]);

const forbiddenPrefixes: readonly string[] = [
  // The signature, under both names that it is sent with.
  ...['webhook-', 'svix-'],
  ...['proxy-', 'x-forwarded-'],
  // Trusted by cloud infrastructure, its metadata services included.
  ...['x-amz-', 'x-amzn-', 'x-aws-', 'x-google', 'x-goog-', 'x-gfe', 'x-azure-', 'x-fd-'],
];

/** The name of a custom header, in lower case. */
export function validateHeaderName(name: unknown): Validation<string, 'forbidden_header'> {
  if (typeof name !== 'string' || !/^[A-Za-z0-9-]{1,64}$/.test(name)) {
    return refuse(
      'forbidden_header',
      `Found ${show(name)} as a header name; expected 1 to 64 letters, digits and hyphens.`,
    );
  }
  const lowerCase = name.toLowerCase();
  if (forbiddenNames.has(lowerCase) || forbiddenPrefixes.some((prefix) => lowerCase.startsWith(prefix))) {
    return refuse(
      'forbidden_header',
      `The header ${show(name)} is set by the sender or trusted by infrastructure and cannot be chosen: use another name.`,
    );
  }
  return accept(lowerCase);
}

/** The value of a custom header: visible Latin-1 with spaces and tabs inside. The message does not repeat it. */
export function validateHeaderValue(value: unknown): Validation<string, 'invalid_header'> {
  if (typeof value !== 'string') {
    return refuse('invalid_header', `Found ${show(value)} as a header value; expected text.`);
  }
  // One byte per character in Latin-1.
  if (value.length > customHeaderLimits.valueBytes) {
    return refuse(
      'invalid_header',
      `Found a header value of ${value.length} characters; expected at most ${customHeaderLimits.valueBytes}.`,
    );
  }
  if (!/^[\t\u0020-\u007E\u00A0-\u00FF]*$/.test(value)) {
    return refuse(
      'invalid_header',
      'Found a character in a header value that cannot be sent (a line break, a control character or one outside Latin-1): remove or encode it.',
    );
  }
  if (value.trim() !== value) {
    return refuse('invalid_header', 'Found white space around a header value, which receivers strip: remove it.');
  }
  return accept(value);
}

/** All custom headers of an endpoint, with their names in lower case. */
export function validateCustomHeaders(
  headers: Readonly<Record<string, unknown>>,
): Validation<Readonly<Record<string, string>>, HeaderCode> {
  const entries = Object.entries(headers);
  if (entries.length > customHeaderLimits.count) {
    return refuse(
      'invalid_header',
      `Found ${entries.length} custom headers; expected at most ${customHeaderLimits.count}.`,
    );
  }
  const checked = new Map<string, string>();
  let totalBytes = 0;
  for (const [givenName, givenValue] of entries) {
    const name = validateHeaderName(givenName);
    if (!name.ok) return name;
    const value = validateHeaderValue(givenValue);
    if (!value.ok) return { ...value, message: `Header ${show(name.value)}: ${value.message}` };
    if (checked.has(name.value)) {
      return refuse('invalid_header', `Found the header ${show(name.value)} twice, in different case: keep one.`);
    }
    checked.set(name.value, value.value);
    totalBytes += name.value.length + value.value.length;
  }
  if (totalBytes > customHeaderLimits.totalBytes) {
    return refuse(
      'invalid_header',
      `Found ${totalBytes} bytes of custom headers; expected at most ${customHeaderLimits.totalBytes}.`,
    );
  }
  return accept(Object.fromEntries(checked));
}
