export { FakeClock } from './fake-clock.js';
export { createSeededRandom } from './seeded-random.js';
