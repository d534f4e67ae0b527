/**
 * The health check of the image: exits with 0 when the server of this container answers, else with 1 and a reason.
 *
 * Asks for liveness, not for readiness: some supervisors replace an unhealthy container, and a new container does not
 * mend a database that is down. Load balancers should ask `/api/v1/health/ready`.
 */
import { readFileSync } from 'node:fs';
import { get } from 'node:http';

const deadlineMs = 4_000;
/** Addresses that only say "everywhere", and where a listener on them can be reached. */
const loopbackOf = { '0.0.0.0': '127.0.0.1', '::': '::1' };
const { PORT, PORT_FILE, POSTRIDER_HOST = '127.0.0.1' } = process.env;

const request = get({
  host: loopbackOf[POSTRIDER_HOST] ?? POSTRIDER_HOST,
  port: PORT || (PORT_FILE ? readFileSync(PORT_FILE, 'utf8').trim() : '8071'),
  path: '/api/v1/health/live',
  agent: false,
  timeout: deadlineMs,
});
request.on('response', (response) => {
  response.resume();
  if (response.statusCode !== 204) fail(`it answered ${response.statusCode}`);
});
request.on('timeout', () => request.destroy(new Error(`no answer within ${deadlineMs} ms`)));
request.on('error', (error) => fail(error.message));

function fail(reason) {
  process.stderr.write(`The server is not healthy: ${reason}.\n`);
  process.exitCode = 1;
}
