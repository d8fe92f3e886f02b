import { describe, expect, it } from "vitest";
import type { Scenario, Step } from "../scenario/model";
import { changedType, freshVariable } from "./changeType";
import { STEP_TYPES, STEPS } from "./registry";

const question: Step = { type: "ask_question", content: { type: "text", text: "Your name?" }, save_as: "name", retry: 2, typing_delay_ms: 300, "x-own": 1 };

describe("another type of step", () => {
  it("keeps what it has a field for", () => {
    expect(changedType(question, "static_message", "answer")).toEqual({ type: "static_message", content: { type: "text", text: "Your name?" }, typing_delay_ms: 300, "x-own": 1 });
    expect(changedType(question, "execute_code", "answer")).toEqual({ type: "execute_code", language: "javascript", source: "return {};", save_as: "name", "x-own": 1 });
    expect(changedType({ type: "reset" }, "ask_question", "answer_2")).toMatchObject({ save_as: "answer_2" });
  });

  it.each(STEP_TYPES)("%s has nothing that it has no field for", (type) => {
    for (const before of STEP_TYPES) {
      const { type: now, ...values } = changedType(STEPS[before].initial("answer"), type, "answer");
      expect(now).toBe(type);
      expect(Object.keys(STEPS[type].fields)).toEqual(expect.arrayContaining(Object.keys(values)));
    }
  });
});

it("a new question keeps its answer under a name of its own", () => {
  const node = (id: string, save_as: string) => ({ id, kind: "action" as const, step: { ...question, save_as } });
  const scenario: Scenario = { format: "botflow.scenario/1", id: "s", name: "S", channel: "webchat", language: "en", nodes: [node("a", "answer"), node("b", "answer_2")] };
  expect(freshVariable(scenario)).toBe("answer_3");
});
