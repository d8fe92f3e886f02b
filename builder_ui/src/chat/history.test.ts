import { describe, expect, it } from "vitest";
import { dayChanges, lastSequence, merge, openMessages, sameMoment, settledSequence, withStatus } from "./history";
import type { Message } from "./protocol";

const message = (sequence: number, direction: "in" | "out" = "out", status = "sent"): Message => ({
  id: `m${sequence}`,
  sequence,
  direction,
  at: "2026-11-22T10:00:00Z",
  content: { type: "text", text: `${sequence}` },
  status,
});

describe("the history", () => {
  it("keeps the order of the conversation, whatever order messages arrive in", () => {
    expect(merge([message(3)], [message(2), message(1)]).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  });

  it("shows a message that arrives twice once, as it was told last", () => {
    expect(merge([message(1)], [message(1, "out", "seen")])).toEqual([message(1, "out", "seen")]);
  });

  it("knows the newest sequence", () => {
    expect(lastSequence([])).toBe(0);
    expect(lastSequence([message(4), message(9)])).toBe(9);
  });

  it.each([
    ["nothing yet", [], 0],
    ["all read", [message(1), message(2, "in", "seen")], 2],
    ["one not read yet", [message(1), message(2, "in", "delivered"), message(3, "in", "seen")], 1],
  ])("knows up to where it is final: %s", (_, history, sequence) => {
    expect(settledSequence(history)).toBe(sequence);
  });

  it("changes the status of one message only", () => {
    expect(withStatus([message(1), message(2)], "m2", "seen")).toEqual([message(1), message(2, "out", "seen")]);
  });
});

describe("suggestions", () => {
  it.each([
    ["all of a first turn", [message(1), message(2)], 0, ["m1", "m2"]],
    ["only what came after the person wrote", [message(1), message(2, "in"), message(3)], 0, ["m3"]],
    ["none while the person's message is the newest", [message(1), message(2, "in")], 0, []],
    ["none from before a restart", [message(1), message(2), message(3)], 2, ["m3"]],
  ])("can be tapped: %s", (_, history, closedBefore, ids) => {
    expect([...openMessages(history, closedBefore)]).toEqual(ids);
  });
});

describe("times", () => {
  it("stand once for messages of one side within a minute", () => {
    expect(sameMoment(message(1), message(2))).toBe(true);
    expect(sameMoment(message(1), message(2, "in"))).toBe(false);
    expect(sameMoment(message(1), { ...message(2), at: "2026-11-22T10:01:00Z" })).toBe(false);
    expect(sameMoment(message(1), undefined)).toBe(false);
  });

  it("have a date before the first message and wherever the day changes", () => {
    expect(dayChanges(undefined, "2026-11-22T10:00:00")).toBe(true);
    expect(dayChanges("2026-11-22T00:01:00", "2026-11-22T23:59:00")).toBe(false);
    expect(dayChanges("2026-11-22T23:59:00", "2026-11-23T00:01:00")).toBe(true);
  });
});
