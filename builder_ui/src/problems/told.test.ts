import { describe, expect, it } from "vitest";
import type { Schemas } from "../api/client";
import type { Scenario } from "../scenario/model";
import { toldOf } from "./told";

type Problem = Schemas["ProblemView"];

const problem = (code: string, field: string, node = "ask"): Problem => ({ code, node, field, message: "", severity: "warning" });
const scenario = {
  nodes: [
    { id: "ask", kind: "condition", type: "user_response", branches: [{ id: "a", label: "", patterns: [] }, { id: "b", patterns: ["("] }], else: {} },
    { id: "say", kind: "action", step: { type: "static_message", content: { type: "text", text: " " } } },
  ],
} as unknown as Scenario;

const EMPTY = [problem("unreachable", ""), problem("no_patterns", "branches[0].patterns"), problem("branch_without_next", "branches[0].next"), problem("branch_without_next", "else.next")];
const WRONG = [problem("bad_pattern", "branches[1].patterns[0]")];
const ELSEWHERE = [problem("bad_content", "step.content.text", "say")];
const ALL = [...EMPTY, ...WRONG, ...ELSEWHERE];

const SEEN = new Set(["ask", "say"]);

describe("while somebody works on a step", () => {
  it("what is still empty in it is not told, what is wrong and what is elsewhere is", () => expect(toldOf(ALL, scenario, { id: "ask", found: [] }, SEEN)).toEqual([...WRONG, ...ELSEWHERE]));
  it("what was so when they came is told", () => expect(toldOf(ALL, scenario, { id: "ask", found: EMPTY }, SEEN)).toBe(ALL));
  it("a text of spaces is an empty one", () => expect(toldOf(ELSEWHERE, scenario, { id: "say", found: [] }, SEEN)).toEqual([]));
});

it("all is told once they have left it", () => expect(toldOf(ALL, scenario, null, SEEN)).toBe(ALL));
it("of a new step that nobody has come to only what is wrong is told", () => expect(toldOf(ALL, scenario, null, new Set(["say"]))).toEqual([...WRONG, ...ELSEWHERE]));
