const ownSecrets = /\b(whsec_|whsk_|pr_[0-9A-Za-z]{12}_)[0-9A-Za-z+/=_-]{8,}/g;
const urlCredentials = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@"']+@/gi;
/** Shorter ones are no secrets, and would take ordinary words out of the log. */
const shortestLiteral = 8;
const mark = '[redacted]';

/**
 * Takes secrets out of a finished log line: our own key formats, credentials in URLs, and the given literals (secrets
 * of the configuration, which can have any form). The last line of defence behind not logging them at all.
 */
export function createRedactor(literals: readonly string[]): (line: string) => string {
  // JSON escapes quotes and backslashes, so that is the form in which a literal stands in a line.
  const forms = literals.flatMap((literal) =>
    literal.length < shortestLiteral ? [] : [literal, JSON.stringify(literal).slice(1, -1)],
  );
  return (line) => {
    let clean = line;
    for (const form of forms) clean = clean.replaceAll(form, mark);
    return clean.replaceAll(ownSecrets, `$1${mark}`).replaceAll(urlCredentials, `$1${mark}@`);
  };
}
