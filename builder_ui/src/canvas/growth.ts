import { newBranch } from "../conditions/branches";
import { followed, isFollowable } from "../replies/inStep";
import { type At, type Condition, exitsOf, isAction, type Node, type Outlet, type Scenario, type Step } from "../scenario/model";
import { addNode, connect, freshId, idsOf } from "../scenario/operations";
import type { MakeName } from "../steps/names";
import { STEPS } from "../steps/registry";
import type { Kind } from "./palette";
import { placeAfter } from "./placing";

/** What can be added: a message or a condition, or a step of any type. */
export type What = Kind | Step["type"];

interface Grown {
  scenario: Scenario;
  id: string;
}

/** A scenario with a new node there. The first node of all is the start. */
export function grow(scenario: Scenario, what: What, at: At, nameFor: MakeName): Grown {
  const node = made(scenario, what, nameFor);
  return { scenario: addNode(scenario, node, at), id: node.id };
}

const made = (scenario: Scenario, what: What, nameFor: MakeName): Node =>
  what === "condition" ? newCondition(scenario, nameFor) : newAction(scenario, what === "action" ? "static_message" : what, nameFor);

/**
 * A scenario with a new node after another one: to its right, and linked from an outlet; from its first free one if
 * none is named. A condition after a message with buttons has their branches (ND-7).
 */
export function growAfter(scenario: Scenario, after: string, what: What, nameFor: MakeName, handle?: string): Grown {
  const node = scenario.nodes.find(({ id }) => id === after);
  if (what === "condition" && node && isFollowable(node)) return followed(scenario, after);
  const wanted = handle ?? (node && exitsOf(node).find(({ next }) => next.length === 0)?.handle);
  const grown = grow(scenario, what, placeAfter(scenario, after, made(scenario, what, nameFor)), nameFor);
  const from: Outlet | null = wanted === undefined ? null : { node: after, handle: wanted };
  return from ? { ...grown, scenario: connect(grown.scenario, from, grown.id) } : grown;
}

function newAction(scenario: Scenario, type: Step["type"], nameFor: MakeName): Node {
  const id = freshId(idsOf(scenario), type === "static_message" ? "message" : type);
  // it ends the chat until something follows it
  const action = { id, kind: "action" as const, label: nameFor(scenario, type), final: true, step: STEPS[type].initial("") };
  const hasStart = scenario.nodes.some((node) => isAction(node) && node.role === "start");
  return hasStart ? action : { ...action, role: "start" };
}

function newCondition(scenario: Scenario, nameFor: MakeName): Condition {
  const id = freshId(idsOf(scenario), "reply");
  return { id, kind: "condition", type: "user_response", label: nameFor(scenario, "condition"), branches: [newBranch("user_response", "branch")], else: {} } as Condition;
}
