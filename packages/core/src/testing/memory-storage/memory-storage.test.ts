import { afterAll, beforeAll, describe, it } from 'vitest';
import { describeStorageConformance } from '../storage-conformance/describe-storage-conformance.js';
import { createMemoryHarness } from './memory-harness.js';

describeStorageConformance(createMemoryHarness(), { describe, it, beforeAll, afterAll });
