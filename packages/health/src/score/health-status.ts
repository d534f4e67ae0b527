/** A word for a score. */
export type HealthStatus = 'excellent' | 'good' | 'fair' | 'poor' | 'critical';

const bands: readonly (readonly [HealthStatus, lowestScore: number])[] = [
  ['excellent', 90],
  ['good', 75],
  ['fair', 50],
  ['poor', 25],
];

/** The word for a score of 0 to 100: excellent from 90, good from 75, fair from 50, poor from 25, critical below. */
export function toHealthStatus(score: number): HealthStatus {
  return bands.find(([, lowestScore]) => score >= lowestScore)?.[0] ?? 'critical';
}
