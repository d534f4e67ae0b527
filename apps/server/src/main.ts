import 'reflect-metadata';
import { loadProcessConfig, printKey, startProcess } from './process/start-process.js';

void startProcess({ config: loadProcessConfig(), announceKey: printKey });
