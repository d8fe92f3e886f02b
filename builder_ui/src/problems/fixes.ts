import type { Schemas } from "../api/client";
import { followed, hasReplies } from "../replies/inStep";
import { type Action, branchesOf, isAction, type Node, roleOf, type Scenario } from "../scenario/model";
import { changeNode, freshId, giveRole } from "../scenario/operations";
import { at, keysOf, replacedAt, without } from "./paths";

type Problem = Schemas["ProblemView"];

/** A change that surely puts something right, and its name in the dictionary with what is filled in there. */
export interface Fix {
  name: "begin_here" | "make_ordinary" | "remove_link" | "remove_links" | "put_first" | "answer_is_name" | "untie" | "own_id" | "end_here" | "ask_again" | "end_on_failure" | "branch_each";
  value: string;
  apply: (scenario: Scenario) => Scenario;
}

type Find = (node: Node, problem: Problem, scenario: Scenario) => Fix | null;

const fix = (name: Fix["name"], apply: Fix["apply"], value = ""): Fix => ({ name, value, apply });
const onNode = (node: Node, name: Fix["name"], change: (one: Node) => Node, value = "") => fix(name, (scenario) => changeNode(scenario, node.id, change), value);
const removed = (name: Fix["name"]): Find => (node, { field = "" }) => onNode(node, name, (one) => without(one, keysOf(field)));
const ordinary: Find = (node) => fix("make_ordinary", (scenario) => giveRole(scenario, node.id, "regular"));

/** By the problem's code: the one thing that is surely meant, where there is one. */
const FIXES: Readonly<Record<string, Find>> = {
  two_starts: ordinary,
  two_of_a_role: ordinary,
  unused_role: ordinary,
  dangling_next: (node, problem, scenario) => (isThere(scenario, at(node, keysOf(problem.field ?? ""))) ? null : removed("remove_link")(node, problem, scenario)),
  next_never_followed: removed("remove_links"),
  suggestion_gone: removed("untie"),
  mixed_next: (node, { field = "" }, scenario) => {
    const keys = keysOf(field).slice(0, -1);
    const isWaiting = (id: string) => scenario.nodes.some((one) => one.id === id && waits(one));
    const next = at(node, keys) as string[] | undefined;
    if (!isFilled(next)) return null;
    return onNode(node, "put_first", (one) => replacedAt(one, keys, [...next.filter((id) => !isWaiting(id)), ...next.filter(isWaiting)]));
  },
  no_patterns: (node, { field = "" }) => {
    if (isFilled(at(node, keysOf(field)))) return null;
    const label = at(node, [...keysOf(field).slice(0, -1), "label"]);
    if (typeof label !== "string" || !label.trim()) return null;
    return onNode(node, "answer_is_name", (one) => replacedAt(one, keysOf(field), [literal(label.trim())]), label.trim());
  },
  duplicate_branch_id: (node, { field = "" }) => {
    const taken = isAction(node) ? [] : branchesOf(node).map(({ id }) => id);
    if (taken.filter((id) => id === at(node, keysOf(field))).length < 2) return null;
    return onNode(node, "own_id", (one) => replacedAt(one, keysOf(field), freshId(taken, "branch")));
  },
  dead_end: (node) => (isAction(node) && !node.final && !node.condition && !isFilled(node.next) ? onNode(node, "end_here", (one) => ({ ...(one as Action), final: true })) : null),
  branch_without_next: (node, { field = "" }, scenario) => {
    const asking = field.startsWith("else") && waits(node) && !isFilled(at(node, ["else", "next"])) ? askingOf(scenario, node) : null;
    return asking && onNode(node, "ask_again", (one) => replacedAt(one, ["else", "next"], [asking.id]), asking.label || asking.id);
  },
  // after a message that ends the chat, only its author knows where the branches lead
  suggestion_unanswered: (node) => (isAction(node) && !node.final && hasReplies(node) ? fix("branch_each", (scenario) => followed(scenario, node.id).scenario) : null),
  failover_into_itself: (node) => onNode(node, "end_on_failure", (one) => ({ ...(one as Action), on_failure: { action: "end_chat" } })),
};

/** A problem is of the draft as it was saved: what has been put right since is none. */
const isFilled = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 0;
const isThere = ({ nodes }: Scenario, id: unknown) => nodes.some((node) => node.id === id);

/** What surely puts a problem right, by one press (ED-3); null: only its author can say. */
export function fixOf(scenario: Scenario, problem: Problem): Fix | null {
  if (problem.code === "no_start") return beginning(scenario);
  const node = scenario.nodes.find(({ id }) => id === problem.node);
  return (node && Object.hasOwn(FIXES, problem.code) && FIXES[problem.code]?.(node, problem, scenario)) || null;
}

/** The one ordinary action that nothing leads to, if there is just one: a chat can only begin there. */
function beginning(scenario: Scenario): Fix | null {
  const led = new Set(scenario.nodes.flatMap((node) => (isAction(node) ? (node.next ?? []) : [...branchesOf(node), ...(node.else ? [node.else] : [])].flatMap(({ next }) => next ?? []))));
  const found = scenario.nodes.filter((node) => isAction(node) && roleOf(node) === "regular" && !led.has(node.id));
  const [first] = found;
  return first && found.length === 1 ? fix("begin_here", (one) => giveRole(one, first.id, "start"), first.label || first.id) : null;
}

const waits = (node: Node) => !isAction(node) && node.type === "user_response";

/** The one step whose message a condition's answers are to; null: there are none or several. */
function askingOf({ nodes }: Scenario, { id }: Node): Node | null {
  const asking = nodes.filter((node) => isAction(node) && node.next?.includes(id));
  return asking.length === 1 ? asking[0]! : null;
}

/** A pattern that fits the words as they stand, and nothing around them. */
const literal = (words: string) => `^${words.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}$`;
