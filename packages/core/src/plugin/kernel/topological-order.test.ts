import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topologicalOrder, type Edge } from './topological-order.js';

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const pairs = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), {
  maxLength: 14,
  selector: ([from, to]) => `${from}${to}`,
});

function toGraph(list: readonly (readonly [string, string])[], nodes: readonly string[] = names): Map<string, Edge[]> {
  const graph = new Map<string, Edge[]>(nodes.map((name) => [name, []]));
  for (const [from, to] of list) graph.get(from)?.push({ from, to, port: `port of ${to}`, required: true });
  return graph;
}

/** Whether a node can be reached from itself, by following edges for as many steps as there are nodes. */
function hasCycle(list: readonly (readonly [string, string])[]): boolean {
  let reachable = new Set(list.map(([from, to]) => `${from}${to}`));
  for (let step = 0; step < names.length; step += 1) {
    const further = [...reachable].flatMap((pair) =>
      list.filter(([from]) => from === pair.charAt(1)).map(([, to]) => `${pair.charAt(0)}${to}`),
    );
    reachable = new Set([...reachable, ...further]);
  }
  return names.some((name) => reachable.has(name + name));
}

describe('topologicalOrder', () => {
  it('puts every node behind all it depends on, or finds a cycle, whichever is possible', () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const { order, cycles } = topologicalOrder(toGraph(list));
        expect(cycles.length > 0).toBe(hasCycle(list));
        expect([...order].sort()).toEqual(names);
        const inOrder = list.every(([from, to]) => order.indexOf(to) < order.indexOf(from));
        expect(inOrder).toBe(cycles.length === 0);
      }),
    );
  });

  it('prints cycles as paths that lead back to where they begin', () => {
    fc.assert(
      fc.property(pairs, (list) => {
        for (const cycle of topologicalOrder(toGraph(list)).cycles) {
          expect(cycle.at(-1)?.to).toBe(cycle[0]?.from);
          expect(cycle.slice(1).map((edge) => edge.from)).toEqual(cycle.slice(0, -1).map((edge) => edge.to));
          for (const edge of cycle) expect(list).toContainEqual([edge.from, edge.to]);
        }
      }),
    );
  });

  it('does not depend on the order in which nodes and edges are given', () => {
    const shuffled = fc.shuffledSubarray(names, { minLength: names.length });
    fc.assert(
      fc.property(pairs, shuffled, (list, nodes) => {
        expect(topologicalOrder(toGraph(list.toReversed(), nodes))).toEqual(topologicalOrder(toGraph(list)));
      }),
    );
  });
});
