import 'reflect-metadata';
import { loadProcessConfig } from './process/start-process.js';
import { runQuickstart } from './quickstart/run-quickstart.js';
import { toSampleConfig } from './quickstart/sample-config.js';

// Run by `npm start`: a server with a sample application and a receiver built in. The server proper is main.ts.
void runQuickstart(loadProcessConfig({ defaults: { POSTRIDER_LOG_LEVEL: 'warn' }, adjust: toSampleConfig }));
