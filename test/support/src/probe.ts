import { connect } from 'node:net';
import { Client } from 'pg';

const probeTimeoutMs = 1_000;

/** Whether a PostgreSQL server lets us in at this URL; a server that wants another password counts as absent. */
export async function postgresAnswers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: probeTimeoutMs });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}

/** Whether the server at a loopback port speaks first, or answers `greeting`, with a line that starts as expected. */
export async function lineServerAnswers(params: {
  readonly port: number;
  readonly greeting: string;
  readonly expectedStart: string;
}): Promise<boolean> {
  const { port, greeting, expectedStart } = params;
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const finish = (answers: boolean): void => {
      socket.destroy();
      resolve(answers);
    };
    socket.setTimeout(probeTimeoutMs, () => finish(false));
    socket.once('connect', () => socket.write(greeting));
    socket.once('data', (data) => finish(data.toString('latin1').startsWith(expectedStart)));
    socket.once('error', () => finish(false));
    socket.once('close', () => finish(false));
  });
}
