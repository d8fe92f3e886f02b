import { describe, expect, it } from "vitest";
import { deedsOf, textOf, type Turn, wayTo } from "./threads";

const entry = (what: string, node: string | null, rest: object = {}) => ({ what, node, branch: null, detail: null, ...rest });
const turn = (number: number, log: object[], version = 1) => ({ number, log, version, chatbot: "pizza", came_in: {} }) as unknown as Turn;

describe("the way of a turn", () => {
  const turns = [
    turn(1, [entry("ran", "greet"), entry("waits", "size")]),
    turn(2, [entry("branch", "size", { branch: "s" }), entry("ran", "price")]),
    turn(3, [entry("ran", "greet")]),
  ];

  it("is its own steps and links, and those of the turns before", () => {
    const { nodes, links } = wayTo(turns, turns[1]!);
    expect([...nodes]).toEqual([["greet", "before"], ["size", "now"], ["price", "now"]]);
    expect([...links]).toEqual([["greet next size", "now"], ["size branch:s price", "now"]]);
  });

  it("is that of one version", () => {
    const moved = [turn(1, [entry("ran", "greet")], 1), turn(2, [entry("ran", "price")], 2)];
    expect([...wayTo(moved, moved[1]!).nodes]).toEqual([["price", "now"]]);
  });

  it("ends in this chatbot where it jumps to another", () => {
    const jump = turn(1, [entry("ran", "greet"), entry("jumped", "greet", { detail: { scenario: "pay", version: 3 } }), entry("ran", "greet")]);
    expect([...wayTo([jump], jump).nodes]).toEqual([["greet", "now"]]);
    const elsewhere = turn(2, [entry("jumped", null, { detail: { scenario: "pay", version: 3 } }), entry("ran", "greet")]);
    expect([...wayTo([elsewhere], elsewhere).nodes]).toEqual([]);
  });
});

it.each([
  ["active", "", ["stop", "restart"]],
  ["handedover", "", ["resume", "resolve", "restart"]],
  ["complete", "", ["restart"]],
  ["complete", "stopped", ["resume", "restart"]],
  ["timeout", "", ["restart"]],
] as const)("with a thread that is %s (%s) one can %j", (status, reason, deeds) => expect(deedsOf({ status, reason })).toEqual(deeds));

it.each([
  [{ text: "hi" }, "hi"],
  [{ text: null, postback: "large" }, "large"],
  [{}, ""],
])("%j came in as %j", (came_in, text) => expect(textOf({ came_in } as unknown as Turn)).toBe(text));
