export { FakeClock } from './fake-clock.js';
export { createSeededRandom } from './seeded-random.js';
export { createRecordingLogger } from './recording-logger.js';
export type { LogLine } from './recording-logger.js';
