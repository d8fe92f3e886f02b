import { describe, expect, it } from "vitest";
import { trialOf } from "./trial";

const script = { language: "python" as const, source: "return 1" };

describe("a trial of a script", () => {
  it("finds the typed values where a chat's script finds them", () => {
    const typed = { price: "9", name: "Ann", "attribute.tier": "gold", "contact.phone": "+1555", "message.text": "42", unused: "x", empty: "" };
    expect(trialOf(script, ["price", "name", "attribute.tier", "contact.phone", "message.text", "empty"], typed, [])).toEqual({
      ...script,
      variables: { price: 9, name: "Ann" },
      attributes: { tier: "gold" },
      contact: { phone: "+1555" },
      message: { text: "42" },
      http: [],
    });
  });

  it("has no message where the script reads none, and no answer that is for nothing", () => {
    const trial = trialOf(script, [], {}, [
      { match: " ", status: 200, text: "" },
      { match: "GET *", status: 500, text: "no" },
    ]);
    expect(trial.message).toBeNull();
    expect(trial.http).toEqual([{ match: "GET *", status: 500, text: "no", headers: {} }]);
  });
});
