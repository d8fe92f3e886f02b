import { describe, expect, it } from "vitest";
import type { Sender } from "../senders/senders";
import type { Entry } from "./draft";
import { matching, senderIds, senderOf } from "./senderIds";

const applied = (id: string, more: Partial<Entry> = {}): Entry => ({
  id,
  channel: "rcs",
  name: `Application ${id}`,
  status: "active",
  identity: "",
  note: "",
  next: [],
  editable: true,
  deletable: false,
  created_at: "2026-03-01T10:00:00Z",
  updated_at: "2026-03-01T10:00:00Z",
  ...more,
});

const connected = (id: string, more: Partial<Sender> = {}): Sender => ({
  id,
  name: `Sender ${id}`,
  channel: "rcs",
  adapter: "rcs_business",
  identity: "",
  status: "active",
  problem: null,
  rate: null,
  live_chat_only: false,
  embed_origins: [],
  credentials: {},
  secrets: {},
  created_at: "2026-03-02T10:00:00Z",
  updated_at: "2026-03-02T10:00:00Z",
  ...more,
});

describe("sender IDs", () => {
  it("are applications and senders; what is both is there once", () => {
    const both = [applied("1", { identity: "tansy@rbm" }), applied("2", { status: "draft" })];
    const senders = [connected("a", { identity: "tansy@rbm" }), connected("b", { channel: "webchat" })];
    expect(senderIds(both, senders).map(({ id, sender }) => [id, sender?.id])).toEqual([
      ["sender b", "b"],
      ["1", "a"],
      ["2", undefined],
    ]);
  });

  it.each([
    ["of another channel", connected("a", { channel: "sms", identity: "Tansy" }), "Tansy"],
    ["of another name", connected("a", { identity: "Tansy" }), "Thyme"],
    ["without a name", connected("a"), ""],
  ])("do not become a sender %s", (_, sender, identity) => {
    expect(senderOf(applied("1", { identity }), [sender])).toBeUndefined();
  });

  it("are found by channel and status", () => {
    const all = senderIds([applied("1"), applied("2", { status: "draft" }), applied("3", { channel: "sms" })], []);
    const found = (channel: string | null, status: string | null) => matching(all, { channel, status }).map(({ id }) => id);
    expect(found(null, null)).toEqual(["1", "2", "3"]);
    expect(found("rcs", null)).toEqual(["1", "2"]);
    expect(found(null, "active")).toEqual(["1", "3"]);
    expect(found("sms", "draft")).toEqual([]);
  });
});
