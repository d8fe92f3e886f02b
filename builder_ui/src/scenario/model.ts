import type { components } from "./format";

type Schemas = components["schemas"];

/** A scenario file (docs/reference/scenario-format.md). Everything here treats it as a value: changes make new ones. */
export type Scenario = Schemas["ScenarioDocument"];
export type Node = Scenario["nodes"][number];
export type Action = Schemas["Action"];
export type Condition = Schemas["UserResponse"] | Schemas["ExpressionCondition"];
export type Branch = NonNullable<Condition["branches"]>[number];
export type Step = Action["step"];
export type Role = NonNullable<Node["role"]>;
export type Note = Schemas["Note"];
/** Where a node stands on the canvas: left and top. */
export type At = readonly [number, number];

export const ROLES = ["start", "failover", "response_timeout", "stuck_timeout", "opt_out"] as const satisfies readonly Role[];
/** The roles that one node has at most. */
export type SpecialRole = (typeof ROLES)[number];

export const roleOf = (node: Node): Role => node.role ?? "regular";
export const branchesOf = (node: Condition): readonly Branch[] => node.branches ?? [];
export const isAction = (node: Node): node is Action => node.kind === "action";

/** What the nodes are called, by their ids. */
export const namesOf = ({ nodes }: Scenario): Map<string, string> => new Map(nodes.map(({ id, label }) => [id, label || id]));

/** A place that links leave from: an action, or a branch or the else of a condition. */
export interface Outlet {
  node: string;
  /** `next` of an action, `else`, or `branch:` and the branch's id. */
  handle: string;
}

export const NEXT = "next";
export const ELSE = "else";
export const branchHandle = (branch: string) => `branch:${branch}`;

export interface Exit {
  handle: string;
  label: string;
  next: readonly string[];
}

/** The outlets of a node, from top to bottom, each with where it leads to. */
export function exitsOf(node: Node): Exit[] {
  if (isAction(node)) return [{ handle: NEXT, label: "", next: node.next ?? [] }];
  const branches = branchesOf(node).map((branch) => ({ handle: branchHandle(branch.id), label: branch.label ?? "", next: branch.next ?? [] }));
  return node.else ? [...branches, { handle: ELSE, label: node.else.label ?? "", next: node.else.next ?? [] }] : branches;
}

/** Beyond it nobody finds a node again, and sums of coordinates are no longer exact. */
const FARTHEST = 1_000_000;

/** Where a node stands; null where the layout does not say, or says something that is no place. */
export function placeIn(layout: Scenario["layout"] | undefined, id: string): At | null {
  const places: unknown = layout?.nodes;
  if (!isObject(places) || !Object.hasOwn(places, id)) return null;
  const place = places[id];
  return isPlace(place) ? place : null;
}

/** Whether something is a place on the canvas. */
export const isPlace = (value: unknown): value is At =>
  Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === "number" && Math.abs(one) <= FARTHEST);

/** Whether a draft can be drawn: what is drawn is of its kind. It may be wrong in any other way. */
export function isDrawable(document: unknown): document is Scenario {
  const nodes = (document as Partial<Scenario> | null)?.nodes;
  if (!Array.isArray(nodes) || !nodes.every(isNode)) return false;
  return new Set(nodes.map(({ id }) => id)).size === nodes.length;
}

interface Unknown {
  [field: string]: unknown;
}

const isObject = (value: unknown): value is Unknown => typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown) => value === undefined || value === null || typeof value === "string";
const areTexts = (value: unknown) => value === undefined || (Array.isArray(value) && value.every((one) => typeof one === "string"));

/** Whether something can be drawn as a node. */
export function isNode(value: unknown): value is Node {
  if (!isObject(value) || typeof value.id !== "string" || !isText(value.role) || !isText(value.label)) return false;
  if (value.kind === "action") return isObject(value.step) && typeof value.step.type === "string" && areTexts(value.next);
  return value.kind === "condition" && areBranches(value.branches ?? []) && isExit(value.else ?? {});
}

const isExit = (value: unknown) => isObject(value) && isText(value.label) && areTexts(value.next);
const isBranch = (value: unknown) =>
  isExit(value) && typeof (value as Unknown).id === "string" && areTexts((value as Unknown).patterns) && isText((value as Unknown).expression);
const areBranches = (branches: unknown) => Array.isArray(branches) && branches.every(isBranch);
