/** What several examples speak of: one customer, its endpoint, and an invoice that was paid. */

/** Examples of components by their names. */
export type ComponentExamples = Readonly<Record<string, unknown>>;

export const ids = {
  application: 'app_2xRk7VfQm0b9TzYc3LdWn8GhJpS',
  endpoint: 'ep_2xRkA1s4EoU7iKq0MzXv5BtNwHc',
  message: 'msg_2xRkC9y2GfL6pDr8TjZm1VbQnSw',
  attempt: 'atmpt_2xRkD3h7JxN0sWv5KcYf9LgRtPb',
  delivery: 'dlv_2xRkC9z8MtB4wQe1XpHj6FnVdGy',
  task: 'qtask_2xRkF5u1ZkC8rLm4NvTg7PsYbWd',
  environment: 'env_2xRj0Q8d3HwSf6BnKyVt1MxLzGp',
  key: '4Zq8sVbN2xTc',
} as const;

export const times = {
  created: '2026-03-02T09:15:04.120Z',
  updated: '2026-03-04T16:40:00.003Z',
  published: '2026-03-05T08:30:00.512Z',
  attempted: '2026-03-05T08:30:00.601Z',
  next: '2026-03-05T08:35:00.000Z',
  since: '2026-03-01T00:00:00.000Z',
  until: '2026-03-05T00:00:00.000Z',
} as const;

export const eventType = 'invoice.paid';
export const uid = 'customer-42';
export const url = 'https://hooks.example.com/invoices';
export const payload = { invoiceId: 'in_1042', amount: 12_500, currency: 'EUR' } as const;
/** Of the contract, which writes statuses as numbers too. */
export const succeeded = { status: 0, statusText: 'success' } as const;
