import { describe, expect, it } from "vitest";
import type { Message } from "../chat/protocol";
import { isOurs } from "./messages";
import { unreadOf } from "./unread";

const message = (sequence: number, direction: "in" | "out") => ({ id: `${sequence}`, sequence, direction }) as Message;
const history = [message(1, "out"), message(2, "in"), message(3, "out"), message(4, "out")];

describe("unread messages", () => {
  it.each([
    [0, 3],
    [1, 2],
    [2, 2],
    [3, 1],
    [4, 0],
    [9, 0],
  ])("after %i: %i", (seen, unread) => expect(unreadOf(history, seen)).toBe(unread));
});

describe("what other scripts post", () => {
  it.each([null, undefined, "botflow", 1, [], {}, { botflow: 1 }, { type: "close" }])("is not ours: %j", (data) =>
    expect(isOurs(data)).toBe(false),
  );
  it("is told from what is", () => expect(isOurs({ botflow: "close" })).toBe(true));
});
