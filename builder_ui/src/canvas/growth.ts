import { newBranch } from "../conditions/branches";
import { type At, type Condition, exitsOf, isAction, type Node, type Outlet, placeIn, type Scenario, type Step } from "../scenario/model";
import { addNode, connect, freshId, idsOf } from "../scenario/operations";
import { STEPS } from "../steps/registry";
import type { Kind } from "./palette";

/** What can be added: a message or a condition, or a step of any type. */
export type What = Kind | Step["type"];

const BESIDE = 340;
const BELOW = 140;

interface Grown {
  scenario: Scenario;
  id: string;
}

/** A scenario with a new node there. The first node of all is the start. */
export function grow(scenario: Scenario, what: What, at: At): Grown {
  const node = what === "condition" ? newCondition(scenario) : newAction(scenario, what === "action" ? "static_message" : what);
  return { scenario: addNode(scenario, node, at), id: node.id };
}

/** A scenario with a new node after another one: to its right, and linked from an outlet; from its first free one if none is named. */
export function growAfter(scenario: Scenario, after: string, what: What, handle?: string): Grown {
  const node = scenario.nodes.find(({ id }) => id === after);
  const wanted = handle ?? (node && exitsOf(node).find(({ next }) => next.length === 0)?.handle);
  const grown = grow(scenario, what, placeAfter(scenario, after));
  const from: Outlet | null = wanted === undefined ? null : { node: after, handle: wanted };
  return from ? { ...grown, scenario: connect(grown.scenario, from, grown.id) } : grown;
}

/** To the right of a node, and as far down as there is room. */
export function placeAfter(scenario: Scenario, id: string): At {
  const places = scenario.nodes.map((node) => placeIn(scenario.layout, node.id)).filter((place) => place !== null);
  const [left, top] = placeIn(scenario.layout, id) ?? [0, 0];
  let place: At = [left + BESIDE, top];
  const isTaken = ([x, y]: At) => places.some(([a, b]) => Math.abs(a - x) < BESIDE / 2 && Math.abs(b - y) < BELOW / 2);
  while (isTaken(place)) place = [place[0], place[1] + BELOW];
  return place;
}

function newAction(scenario: Scenario, type: Step["type"]): Node {
  const id = freshId(idsOf(scenario), type === "static_message" ? "message" : type);
  // it ends the chat until something follows it
  const action = { id, kind: "action" as const, final: true, step: STEPS[type].initial("") };
  const hasStart = scenario.nodes.some((node) => isAction(node) && node.role === "start");
  return hasStart ? action : { ...action, role: "start" };
}

function newCondition(scenario: Scenario): Condition {
  const id = freshId(idsOf(scenario), "reply");
  return { id, kind: "condition", type: "user_response", branches: [newBranch("user_response", "branch")], else: {} } as Condition;
}
