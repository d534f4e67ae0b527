/** `from` depends on `to` because of `port`. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly port: string;
  readonly required: boolean;
}

export interface TopologicalOrder {
  /** Every node behind all it depends on. Without meaning when there are cycles. */
  readonly order: readonly string[];
  /** Each as the edges that lead from a node back to itself. */
  readonly cycles: readonly (readonly Edge[])[];
}

/**
 * Depth-first search; each edge back into the current path closes a cycle. The result depends on the names alone, not
 * on the order in which they are given.
 */
export function topologicalOrder(edges: ReadonlyMap<string, readonly Edge[]>): TopologicalOrder {
  const order: string[] = [];
  const cycles: Edge[][] = [];
  const finished = new Set<string>();
  const path: Edge[] = [];
  const onPath = new Set<string>();

  const visit = (node: string) => {
    if (finished.has(node)) return;
    onPath.add(node);
    const outgoing = [...(edges.get(node) ?? [])].sort((a, b) => compare(a.to, b.to) || compare(a.port, b.port));
    for (const edge of outgoing) {
      if (onPath.has(edge.to)) {
        const start = path.findIndex((step) => step.from === edge.to);
        cycles.push([...(start === -1 ? [] : path.slice(start)), edge]);
        continue;
      }
      path.push(edge);
      visit(edge.to);
      path.pop();
    }
    onPath.delete(node);
    finished.add(node);
    order.push(node);
  };
  for (const node of [...edges.keys()].sort(compare)) visit(node);
  return { order, cycles };
}

// Byte order: localeCompare would depend on the machine.
function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
