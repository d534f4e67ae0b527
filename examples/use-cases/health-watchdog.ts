/** The health score of the last hour; an alert, with its reasons, when it is below 50. */
import { complain, read } from './server-api.ts';

interface Health {
  readonly score: number;
  readonly status: string;
  readonly penalties: readonly { readonly name: string; readonly value: number; readonly explanation: string }[];
}

const { score, status, penalties } = await read<Health>('/health/system');
console.log(`health: ${score} (${status})`);
if (score < 50) {
  complain(`alert: the health score is ${score}, expected 50`);
  for (const { name, value, explanation } of penalties) {
    if (value > 0) console.log(`  -${value} ${name}: ${explanation}`);
  }
}
