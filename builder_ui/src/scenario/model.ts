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

/** A place that links leave from: an action, or a branch or the else of a condition. */
export interface Outlet {
  node: string;
  /** `next` of an action, `else`, or `branch:` and the branch's id. */
  handle: string;
}

export const NEXT = "next";
export const ELSE = "else";
export const branchHandle = (branch: string) => `branch:${branch}`;

interface Exit {
  handle: string;
  label: string;
  next: readonly string[];
}

/** The outlets of a node, from top to bottom, each with where it leads to. */
export function exitsOf(node: Node): Exit[] {
  if (isAction(node)) return [{ handle: NEXT, label: "", next: node.next ?? [] }];
  const branches = branchesOf(node).map((branch) => ({ handle: branchHandle(branch.id), label: branch.label ?? "", next: branch.next ?? [] }));
  return [...branches, { handle: ELSE, label: node.else?.label ?? "", next: node.else?.next ?? [] }];
}

/** Whether a draft can be drawn: it may be wrong in any other way. */
export function isDrawable(document: unknown): document is Scenario {
  const nodes = (document as Partial<Scenario> | null)?.nodes;
  if (!Array.isArray(nodes) || !nodes.every(isNode)) return false;
  return new Set(nodes.map(({ id }) => id)).size === nodes.length;
}

interface Unknown {
  id?: unknown;
  kind?: unknown;
  step?: unknown;
  branches?: unknown;
}

function isNode(value: unknown): value is Node {
  const node = value as Unknown | null;
  if (typeof node?.id !== "string") return false;
  if (node.kind === "action") return typeof node.step === "object" && node.step !== null;
  return node.kind === "condition" && (node.branches === undefined || areBranches(node.branches));
}

const areBranches = (branches: unknown) =>
  Array.isArray(branches) && branches.every((branch: Unknown | null) => typeof branch?.id === "string");
