import { BaseEdge, BezierEdge, type EdgeProps, type Rect } from "@xyflow/react";
import { createContext, memo, useContext } from "react";
import type { Link } from "../elements";
import { leadsBack, rounded, routeBack } from "./route";

const Boxes = createContext<readonly Rect[]>([]);
/** Where the steps stand that links go around. */
export const BoxesProvider = Boxes.Provider;

/** A link: a curve onwards, and a way around the steps where it leads back. */
const LinkEdge = memo(function LinkEdge(props: EdgeProps<Link>) {
  const isBack = leadsBack({ x: props.sourceX, y: props.sourceY }, { x: props.targetX, y: props.targetY });
  return isBack ? <BackEdge {...props} /> : <BezierEdge {...props} />;
});

function BackEdge({ id, sourceX, sourceY, targetX, targetY, label, markerEnd }: EdgeProps<Link>) {
  const way = routeBack({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, useContext(Boxes));
  return <BaseEdge id={id} path={rounded(way)} label={label} labelX={(sourceX + targetX) / 2} labelY={way[2]!.y} {...(markerEnd && { markerEnd })} />;
}

/** How React Flow draws links; the same object each time. */
export const LINK_TYPES = { default: LinkEdge };
