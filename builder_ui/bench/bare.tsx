import { Background, Controls, type Edge, MiniMap, type Node, ReactFlow, useEdgesState, useNodesState } from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { createRoot } from "react-dom/client";

/** What `make bench-ui` measures the builder beside: React Flow as its first example has it, with the same nodes and links. */
function Bare({ nodes, edges }: { nodes: Node[]; edges: Edge[] }) {
  const [shown, , changeNodes] = useNodesState(nodes);
  const [links, , changeEdges] = useEdgesState(edges);
  return (
    <ReactFlow nodes={shown} edges={links} onNodesChange={changeNodes} onEdgesChange={changeEdges} minZoom={0.05} fitView>
      <Background />
      <Controls />
      <MiniMap />
    </ReactFlow>
  );
}

const graph = (await (await fetch("graph.json")).json()) as { nodes: Node[]; edges: Edge[] };
createRoot(document.getElementById("root")!).render(<Bare {...graph} />);
