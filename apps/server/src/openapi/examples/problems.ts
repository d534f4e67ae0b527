import type { ComponentExamples } from './values.js';

const requestId = '0d6f7c1e-52b0-4f7e-9d6d-0c5a2f1b7e11';

/** What every refusal looks like. */
export const problemExamples: ComponentExamples = {
  Problem: {
    ...{ type: 'about:blank', title: 'Not Found', status: 404, instance: '/api/v1/app/customer-43' },
    ...{ code: 'not_found', requestId, detail: 'There is no such application.' },
  },
  ValidationProblem: {
    ...{ type: 'about:blank', title: 'Unprocessable Entity', status: 422, instance: '/api/v1/app' },
    ...{ code: 'validation', requestId },
    detail: [{ loc: ['body', 'name'], msg: 'is required', type: 'validation' }],
  },
};
