import { BaseEdge, BezierEdge, type EdgeProps } from "@xyflow/react";
import { createContext, memo, useContext, useMemo, useRef } from "react";
import type { Scenario } from "../../scenario/model";
import { boxesOf, type Link } from "../elements";
import { leadsBack, rounded, routeBack, type Standing, standingOf } from "./route";

const Steps = createContext(standingOf([]));
/** Where the steps stand that links go around. */
export const StandingProvider = Steps.Provider;

/** Where the steps of a scenario stand; the same value for edits that move none. */
export function useStanding(scenario: Scenario): Standing {
  const before = useRef<Standing>(null);
  return useMemo(() => (before.current = standingOf(boxesOf(scenario), before.current)), [scenario]);
}

/** A link: a curve onwards, and a way around the steps where it leads back. */
const LinkEdge = memo(function LinkEdge(props: EdgeProps<Link>) {
  const isBack = leadsBack({ x: props.sourceX, y: props.sourceY }, { x: props.targetX, y: props.targetY });
  return isBack ? <BackEdge {...props} /> : <BezierEdge {...props} />;
});

function BackEdge({ id, sourceX, sourceY, targetX, targetY, label, markerEnd }: EdgeProps<Link>) {
  const way = routeBack({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, useContext(Steps));
  return <BaseEdge id={id} path={rounded(way)} label={label} labelX={(sourceX + targetX) / 2} labelY={way[2]!.y} {...(markerEnd && { markerEnd })} />;
}

/** How React Flow draws links; the same object each time. */
export const LINK_TYPES = { default: LinkEdge };
