import { postrider } from './postrider.ts';
import type { System, SystemName } from './system.ts';

const nothing = 'nothing: at exit all is forgotten';

/** Everything that can be measured, ours first. */
export const systems: readonly System[] = [
  postrider('null', { name: 'null', title: 'Postrider, null storage', durability: nothing, processes: 1 }),
  postrider('sqlite', {
    name: 'sqlite',
    title: 'Postrider on SQLite',
    durability: 'message and attempts are on disk (`synchronous=FULL`) before the 202 and after the answer',
    processes: 1,
  }),
  postrider('postgres', {
    name: 'postgres',
    title: 'Postrider on PostgreSQL',
    durability: 'message and attempts are committed (`synchronous_commit` as the server has it)',
    needs: 'postgres',
    processes: 1,
  }),
  postrider('postgres', {
    name: 'postgres-2',
    title: 'Postrider on PostgreSQL, two processes',
    durability: 'as with one process',
    needs: 'postgres',
    processes: 2,
  }),
];

/** Ours, without those that only serve as a yardstick. */
export const products: readonly SystemName[] = ['sqlite', 'postgres', 'postgres-2'];

export function findSystem(name: SystemName): System {
  const found = systems.find((system) => system.name === name);
  if (found === undefined) throw new Error(`There is no system ${name}.`);
  return found;
}
