import { createEgressPolicy } from '@postrider/delivery';
import { KeyVerifier } from '../auth/key-verifier.js';
import type { ServerConfig } from '../config/server-config.js';
import { startProcess } from '../process/start-process.js';
import { openKeyFile } from './key-file.js';
import { describeKey, nextSteps } from './next-steps.js';
import { receiverCidr } from './sample-config.js';
import { startSampleReceiver, type SampleReceiver } from './sample-receiver.js';
import { Sample, sampleNames } from './sample.js';
import { describeStartFailure } from './start-failure.js';

const print = (line: string) => void process.stdout.write(`${line}\n`);

/** Starts the server with the sample on it, shows that an event arrives, and stays up until SIGTERM. */
export async function runQuickstart(config: ServerConfig): Promise<void> {
  const keyFile = openKeyFile(config);
  let newKey: string | undefined;
  let receiver: SampleReceiver | undefined;
  const { server, url } = await startProcess({
    config,
    announceKey: (key) => {
      newKey = key;
      keyFile.write(key);
    },
    announceFailure: (error) => print(describeStartFailure(error, config)),
    onStop: async () => receiver?.close(),
  });
  const place = config.databaseUrl === undefined ? config.dataDir : 'the database of POSTRIDER_DATABASE_URL';
  print(`Postrider is running at ${url}, with its data in ${place}`);

  const policy = createEgressPolicy(config.egress);
  if (policy.allowsAddress('127.0.0.1')) {
    if (config.egress.allowCidrs.join() === receiverCidr) {
      print('Webhooks may go to 127.0.0.1, for the sample receiver, and to no other private address.');
    }
    const sample = new Sample(server.app);
    receiver = await startSampleReceiver({ readSecret: () => sample.readSecret(), policy });
    await showDelivery(sample, receiver);
  } else {
    print('POSTRIDER_EGRESS_ALLOW_CIDRS does not allow 127.0.0.1, so there is no sample receiver.');
  }
  const kept = keyFile.read();
  const isKept = kept !== undefined && (await server.app.get(KeyVerifier).verify(kept)) !== undefined;
  const key = describeKey({ configured: config.apiKey !== undefined, newKey, isKept, keyFile });
  print(nextSteps({ url, key, names: sampleNames }));
}

async function showDelivery(sample: Sample, receiver: SampleReceiver): Promise<void> {
  await sample.ensure(receiver.url);
  print(`Sample application "${sampleNames.application}" with an endpoint at ${receiver.url}`);
  receiver.onWebhook(({ messageId, body, verified }) => {
    print(`Received ${messageId}: signature ${verified ? 'verified' : 'WRONG'}: ${body.slice(0, 200)}`);
  });
  const message = await sample.publish();
  print(`Published ${message.id} (${message.eventType})`);
  await sample.waitUntilDelivered(message);
  print(`Delivered ${message.id}`);
}
