const columns = [
  'id',
  'environment_id',
  'application_id',
  'type',
  'input',
  'state',
  'cursor',
  'scanned',
  'affected',
  'result',
  'failure',
  'failures',
  'run_at',
  'lease_token',
  'lease_until',
  'worker_id',
  'created_at',
  'updated_at',
  'ended_at',
];

export const insertTask = `INSERT INTO tasks (${columns.join(', ')}) VALUES (${columns.map((name) => `:${name}`).join(', ')})`;

export const selectTask = 'SELECT * FROM tasks WHERE id = :taskId AND environment_id = :environmentId';

/** The waiting task that was due first. */
export const selectDueTask = `
SELECT * FROM tasks INDEXED BY tasks_due WHERE state = 'waiting' AND run_at <= :now ORDER BY run_at, id LIMIT 1`;

/** The running task whose worker has been silent for the longest time. */
export const selectAbandonedTask = `
SELECT * FROM tasks INDEXED BY tasks_running WHERE state = 'running' AND lease_until < :now
ORDER BY lease_until, id LIMIT 1`;

/** Every column that changes, replaced. */
export const updateTask = `
UPDATE tasks SET state = :state, cursor = :cursor, scanned = :scanned, affected = :affected, result = :result,
  failure = :failure, failures = :failures, run_at = :run_at, lease_token = :lease_token, lease_until = :lease_until,
  worker_id = :worker_id, updated_at = :updated_at, ended_at = :ended_at
WHERE id = :id`;
