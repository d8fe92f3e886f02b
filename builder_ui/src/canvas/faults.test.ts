import { describe, expect, it } from "vitest";
import type { Schemas } from "../api/client";
import { faultAt } from "./faults";

const problem = (field: string, severity: "error" | "warning" = "error"): Schemas["ProblemView"] => ({ severity, code: "bad_content", message: `${severity} at ${field}`, node: "hello", field });

describe("what is wrong stands at its field", () => {
  const problems = [problem("step.content.text", "warning"), problem("step.content.text"), problem("step.content.suggestions[1].text")];

  it.each([
    ["step.content.text", "itself", "error at step.content.text"],
    ["step.content", "itself", undefined],
    ["step.content.suggestions", "inside", "error at step.content.suggestions[1].text"],
    ["step.content.sugg", "inside", undefined],
    ["next", "inside", undefined],
  ] as const)("%s %s: %s", (field, parts, message) => expect(faultAt(problems, field, parts)?.message).toBe(message));
});
