import { describe, expect, it } from "vitest";
import type { Node, Scenario } from "../scenario/model";
import { knownAt } from "./known";

const ask = (id: string, save_as: string, next: string[] = [], label = ""): Node => ({ id, kind: "action", label, step: { type: "ask_question", content: {}, save_as }, next });
const scenario = (...nodes: Node[]): Scenario => ({ format: "botflow.scenario/1", id: "s", name: "S", channel: "webchat", language: "en", nodes });
const names = (one: Scenario, id: string) => knownAt(one, id).map(({ name }) => name);
const always = ["contact.name", "contact.phone", "sender.id", "thread.id"];

describe("what can be written at a step", () => {
  const start = { ...ask("a", "size", ["b"], "Ask size"), role: "start" as const };

  it("are the variables of the steps before it, with the step that sets them", () => {
    const one = scenario(start, ask("b", "name", ["c"]), ask("c", "later"));
    expect(names(one, "a")).toEqual(always);
    expect(names(one, "c")).toEqual(["size", "name", ...always]);
    expect(knownAt(one, "b")[0]).toEqual({ name: "size", of: "step", step: "Ask size" });
  });

  it("are its own too where it comes round again", () => {
    expect(names(scenario(start, ask("b", "name", ["b"])), "b")).toEqual(["size", "name", ...always]);
  });

  it("are all where a chat may come from anywhere, or no link leads there yet", () => {
    const failover = { ...ask("f", "reason"), role: "failover" as const };
    expect(names(scenario(start, ask("b", "name"), failover), "f")).toEqual(["size", "name", "reason", ...always]);
  });

  it("are attributes that the chatbot uses anywhere, in texts and in code", () => {
    const say: Node = { id: "b", kind: "action", step: { type: "static_message", content: { type: "text", text: "{{attribute.city}}" } } };
    const code: Node = { id: "c", kind: "action", step: { type: "execute_code", language: "python", source: "attributes['tier'] = 1; attributes.age = 2\nreturn {'price': 9}" }, next: ["b"] };
    expect(names(scenario({ ...start, next: ["c"] }, code, say), "b")).toEqual(["size", "price", "attribute.age", "attribute.city", "attribute.tier", ...always]);
  });

  it("is told of a file that is wrong, too", () => {
    const odd = { id: "b", kind: "action", step: { type: "ask_question", save_as: 5 } } as unknown as Node;
    expect(names(scenario({ ...start, next: ["b"] }, { ...odd, next: ["b"] } as Node), "b")).toEqual(["size", ...always]);
  });
});
