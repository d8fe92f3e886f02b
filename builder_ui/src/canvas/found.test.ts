import { describe, expect, it } from "vitest";
import type { Node } from "../scenario/model";
import { found } from "./found";

const nodes: Node[] = [
  { id: "hello", kind: "action", label: "Greet", step: { type: "static_message", content: { type: "text", text: "Which size?" } } },
  { id: "size", kind: "condition", type: "user_response", label: "Size", branches: [{ id: "s", label: "Small one", patterns: [] }], else: { label: "Other" } },
  { id: "x", kind: "action", step: { type: "reset" } },
];

describe("a search", () => {
  it.each([
    ["size", ["size", "hello"]],
    ["small", ["size"]],
    ["SIZE which", ["hello"]],
    ["x", ["x"]],
    ["nothing", []],
    ["", ["hello", "size", "x"]],
  ])("for %j finds %j", (text, ids) => expect(found(nodes, text).map(({ id }) => id)).toEqual(ids));
});
