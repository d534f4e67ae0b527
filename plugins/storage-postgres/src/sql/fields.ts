const deliveryColumns = [
  'application_id',
  'message_id',
  'id',
  'environment_id',
  'endpoint_id',
  'trigger',
  'status',
  'attempt_count',
  'lease_token',
  'due_at',
  'created_at',
  'first_attempt_at',
  'lease_until',
  'ended_at',
  'worker_id',
  'reason',
  'event_type',
  'last_status_code',
  'last_error_kind',
];

/** The columns that `toDelivery` reads, of the table or alias. */
export function deliveryFields(alias: string): string {
  return deliveryColumns.map((column) => `${alias}.${column}`).join(', ');
}
