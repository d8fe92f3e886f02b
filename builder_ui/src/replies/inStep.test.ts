import { describe, expect, it } from "vitest";
import { branchesOf, type Condition, type Node, type Scenario } from "../scenario/model";
import { changeNode } from "../scenario/operations";
import { inStep } from "./inStep";

interface Suggestion {
  id: string;
  type: string;
  text: string;
  postback?: string;
}
const suggest = (id: string, text: string, postback?: string): Suggestion => ({ id, type: "reply", text, ...(postback !== undefined && { postback }) });
const SMALL = suggest("s", "Small");
const LARGE = suggest("l", "Large", "big");

function message(suggestions: Suggestion[], more: object = {}): Scenario {
  const step = { type: "static_message" as const, content: { type: "text", text: "Size?", suggestions } };
  const nodes: Node[] = [
    { id: "size", kind: "action", role: "start", label: "Size", step, ...more },
    { id: "after", kind: "action", final: true, step: { type: "reset" } },
  ];
  return { format: "botflow.scenario/1", id: "s", name: "S", channel: "webchat", language: "en", nodes };
}

/** The message changed by somebody at the panel. */
const changed = (scenario: Scenario, values: object): Scenario => inStep(scenario, changeNode(scenario, "size", (node) => ({ ...node, step: { ...(node as { step: object }).step, ...values } }) as Node), "size");
const suggesting = (scenario: Scenario, suggestions: Suggestion[]) => changed(scenario, { content: { type: "text", text: "Size?", suggestions } });
const keeping = (scenario: Scenario) => changed(scenario, { reply_conditions: true });
const condition = (scenario: Scenario) => scenario.nodes.find(({ kind }) => kind === "condition") as Condition;
const branches = (scenario: Scenario) => branchesOf(condition(scenario));

describe("a message that begins to keep its replies in step", () => {
  it("gets a user-response behind it with a branch for each", () => {
    const kept = keeping(message([SMALL, LARGE], { final: true }));
    expect(kept.nodes[0]).toMatchObject({ next: ["reply"] });
    expect(kept.nodes[0]).not.toHaveProperty("final");
    expect(condition(kept)).toEqual({
      id: "reply",
      kind: "condition",
      type: "user_response",
      label: "Size?",
      branches: [
        { id: "small", label: "Small", patterns: ["^Small$"], suggestion: "s" },
        { id: "large", label: "Large", patterns: ["^Large$", "^big$"], suggestion: "l" },
      ],
      else: {},
    });
    expect(kept.layout?.nodes).toHaveProperty("reply");
  });

  it("loses nothing that followed it", () => {
    const kept = keeping(message([SMALL], { next: ["after"] }));
    expect(kept.nodes[0]!.next).toEqual(["reply"]);
    expect(branches(kept)[0]!.next).toEqual(["after"]);
    expect(condition(kept).else).toEqual({ next: ["after"] });
  });

  it("takes the user-response that is there, and leaves its branches", () => {
    const own: Node = { id: "c", kind: "condition", type: "user_response", branches: [{ id: "small", label: "No matter", patterns: ["^s"], next: ["after"] }] };
    const before = message([SMALL], { next: ["c"] });
    const kept = keeping({ ...before, nodes: [...before.nodes, own] });
    expect(kept.nodes).toHaveLength(3);
    expect(branches(kept).map(({ id }) => id)).toEqual(["small_2", "small"]);
    expect(branches(kept)[1]).toEqual(own.branches![0]);
  });
});

it("a branch that nobody has written anything into goes when the buttons have theirs", () => {
  const fresh = { id: "branch", label: "", patterns: [] };
  const linked = { id: "branch_2", label: "", patterns: [], next: ["after"] };
  const own: Node = { id: "c", kind: "condition", type: "user_response", branches: [fresh, linked] };
  const before = message([SMALL], { next: ["c"] });
  expect(branches(keeping({ ...before, nodes: [...before.nodes, own] })).map(({ id }) => id)).toEqual(["small", "branch_2"]);
});

it("a branch that is there for what a reply says becomes that reply's", () => {
  const own: Node = { id: "c", kind: "condition", type: "user_response", branches: [{ id: "b", label: "small", patterns: ["^s"], next: ["after"] }] };
  const before = message([LARGE, SMALL], { next: ["c"] });
  expect(branches(keeping({ ...before, nodes: [...before.nodes, own] }))).toEqual([
    { id: "large", label: "Large", patterns: ["^Large$", "^big$"], suggestion: "l" },
    { id: "b", label: "small", patterns: ["^s", "^Small$"], suggestion: "s", next: ["after"] },
  ]);
});

describe("a message that keeps its replies in step", () => {
  const linked = changeNode(keeping(message([SMALL, LARGE])), "reply", (node) => ({ ...node, branches: branchesOf(node as Condition).map((branch) => ({ ...branch, next: ["after"] })) }) as Node);

  it("gives a new reply its branch, in its place", () => {
    const more = suggesting(linked, [SMALL, suggest("m", "Medium"), LARGE]);
    expect(branches(more).map(({ label }) => label)).toEqual(["Small", "Medium", "Large"]);
    expect(branches(more)[0]).toBe(branches(linked)[0]);
  });

  it("renames a branch with its reply, letter by letter, and what its author wrote stays", () => {
    let typed = linked;
    for (const text of ["Smal", "Sma", "Tiny"]) typed = suggesting(typed, [suggest("s", text), LARGE]);
    expect(branches(typed)[0]).toEqual({ id: "small", label: "Tiny", patterns: ["^Tiny$"], suggestion: "s", next: ["after"] });
    const own = changeNode(linked, "reply", (node) => ({ ...node, branches: [{ ...branchesOf(node as Condition)[0]!, label: "Mine", patterns: ["^s"] }] }) as Node);
    expect(branches(suggesting(own, [suggest("s", "Tiny")]))[0]).toMatchObject({ label: "Mine", patterns: ["^s", "^Tiny$"] });
  });

  it("takes the branch of a reply away with it, and no other", () => {
    const extra = changeNode(linked, "reply", (node) => ({ ...node, branches: [...branchesOf(node as Condition), { id: "x", label: "Own", patterns: ["^x"] }] }) as Node);
    expect(branches(suggesting(extra, [LARGE])).map(({ id }) => id)).toEqual(["large", "x"]);
  });

  it("leaves all as it is when something else of it changes, or nothing waits behind it any more", () => {
    expect(changed(linked, { typing_delay_ms: 5 }).nodes[2]).toBe(linked.nodes[2]);
    const alone = { ...linked, nodes: linked.nodes.slice(0, 2).map((node) => ({ ...node, next: [] }) as Node) };
    expect(suggesting(alone, [SMALL]).nodes).toHaveLength(2);
    expect(changed(linked, { reply_conditions: undefined }).nodes[2]).toBe(linked.nodes[2]);
  });
});

/** The same numbers every time. */
function* dice(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    yield state;
  }
}

it.each(Array.from({ length: 40 }, (_, seed) => seed + 1))("whatever is done to the replies, each has one branch that takes it (%i)", (seed) => {
  const random = dice(seed);
  const upTo = (most: number) => Math.floor((random.next().value / 2 ** 31) * most);
  const words = ["Yes", "No", "1+1?", "(a|b)", "Sí, claro", "yes", "{{name}}", "C:\\"];
  let scenario = keeping(message([]));
  let suggestions: Suggestion[] = [];
  for (let step = 0; step < 30; step++) {
    const at = upTo(suggestions.length + 1);
    const word = words[upTo(words.length)]!;
    const acts = [
      () => suggestions.toSpliced(at, 0, suggest(`r${step}`, word, upTo(2) ? words[upTo(words.length)] : undefined)),
      () => suggestions.toSpliced(at, 1),
      () => suggestions.map((one, index) => (index === at ? { ...one, text: word } : one)),
      () => suggestions.toReversed(),
    ];
    suggestions = acts[upTo(acts.length)]!();
    scenario = suggesting(scenario, suggestions);
    expect(branches(scenario).map((branch) => (branch as { suggestion?: string }).suggestion)).toEqual(suggestions.map(({ id }) => id));
    for (const [index, { text, postback = text }] of suggestions.entries()) {
      const patterns = (branches(scenario)[index] as { patterns: string[] }).patterns;
      for (const said of [text, postback]) expect(patterns.some((pattern) => new RegExp(pattern, "i").test(said))).toBe(true);
    }
    expect(new Set(branches(scenario).map(({ id }) => id)).size).toBe(suggestions.length);
  }
});
