import ElkWorker from "elkjs/lib/elk-worker.min.js?worker";
import ELK, { type ElkNode } from "elkjs/lib/elk-api";
import { type At, exitsOf, type Scenario } from "../scenario/model";
import { heightOf, outletTop, WIDTH } from "./geometry";

const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.layered.spacing.nodeNodeBetweenLayers": "100",
  "elk.spacing.nodeNode": "50",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.layered.cycleBreaking.strategy": "DEPTH_FIRST",
};
const LEFT = 80;

/** Where each node stands when the graph is tidied up: from left to right, links crossing as little as possible. */
export async function tidied(scenario: Scenario): Promise<Record<string, At>> {
  const elk = new ELK({ workerFactory: () => new ElkWorker() });
  try {
    const { children = [] } = await elk.layout(graphOf(scenario));
    return Object.fromEntries(children.map(({ id, x = 0, y = 0 }) => [id.slice(1), [x + LEFT, y + LEFT] as const]));
  } finally {
    elk.terminateWorker();
  }
}

/** Ids get a letter before them: elk keeps nodes, ports and edges in one space. */
export function graphOf(scenario: Scenario): ElkNode {
  const ids = new Set(scenario.nodes.map(({ id }) => id));
  const children = scenario.nodes.map((node) => ({
    id: `n${node.id}`,
    width: WIDTH,
    height: heightOf(node),
    layoutOptions: { "elk.portConstraints": "FIXED_POS", ...(node.role === "start" && { "elk.layered.layering.layerConstraint": "FIRST" }) },
    ports: exitsOf(node).map(({ handle }, index) => ({ id: `p${node.id} ${handle}`, x: WIDTH, y: outletTop(node, index), width: 0, height: 0 })),
  }));
  const edges = scenario.nodes.flatMap((node) =>
    exitsOf(node).flatMap(({ handle, next }) =>
      next.filter((to) => ids.has(to)).map((to) => ({ id: `e${node.id} ${handle} ${to}`, sources: [`p${node.id} ${handle}`], targets: [`n${to}`] })),
    ),
  );
  return { id: "root", layoutOptions: OPTIONS, children, edges };
}
