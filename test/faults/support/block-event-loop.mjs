// Blocks the event loop of the process for TEST_BLOCK_MS at each SIGUSR2.
process.on('SIGUSR2', () =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(process.env.TEST_BLOCK_MS)),
);
