#!/usr/bin/env node
import { systemClock, systemRandom } from '@postrider/core';
import { runCli } from './run-cli.js';

void runCli(process.argv.slice(2), {
  environment: process.env,
  directory: process.cwd(),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  clock: systemClock,
  random: systemRandom,
}).then((code) => {
  // Not process.exit: what was written to a pipe has to arrive.
  process.exitCode = code;
});
