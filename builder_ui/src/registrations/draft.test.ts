import { describe, expect, it } from "vitest";
import { draftOf, isChannel, newDraft, type Registration } from "./draft";

const stored: Registration = {
  id: "1",
  channel: "rcs",
  name: "Tansy",
  details: { description: "Pancakes", phones: [{ value: "+34911234567", label: "Call" }] },
  status: "draft",
  identity: "",
  note: "",
  next: ["submitted"],
  editable: true,
  deletable: true,
  created_at: "2026-03-01T10:00:00Z",
  updated_at: "2026-03-01T10:00:00Z",
};

describe("a draft", () => {
  it("is empty at first, but for its colour", () => {
    expect(newDraft("rcs")).toMatchObject({ name: "", channel: "rcs", details: { description: "", color: "#000000", phones: [] } });
    expect(newDraft("sms")).toEqual({ name: "", channel: "sms", details: { countries: [], purpose: "", sample: "", company: "" } });
  });

  it("has every field of its form, also of what was kept without it", () => {
    expect(draftOf(stored)).toEqual({
      name: "Tansy",
      channel: "rcs",
      details: { ...newDraft("rcs").details, description: "Pancakes", phones: [{ value: "+34911234567", label: "Call" }] },
    });
  });

  it.each([
    ["sms", true],
    ["rcs", true],
    ["viber", false],
    ["toString", false],
    [undefined, false],
  ])("is of a channel that has a form: %s %s", (channel, known) => {
    expect(isChannel(channel)).toBe(known);
  });
});
