import type { ServerConfig } from '../config/server-config.js';

const dayMs = 86_400_000;

/** How long things are kept. */
export type RetentionDays = Pick<
  ServerConfig,
  'retentionDays' | 'analyticsRetentionDays' | 'auditRetentionDays' | 'taskRetentionDays'
>;

/** Before when things are old enough to be removed. */
export function retentionBounds(days: RetentionDays, now: Date) {
  const daysAgo = (count: number): Date => new Date(now.getTime() - count * dayMs);
  return {
    messagesBefore: daysAgo(days.retentionDays),
    rollupsBefore: daysAgo(days.analyticsRetentionDays),
    auditBefore: daysAgo(days.auditRetentionDays),
    tasksBefore: daysAgo(days.taskRetentionDays),
    now,
  };
}
