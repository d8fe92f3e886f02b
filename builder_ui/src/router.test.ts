import { describe, expect, it } from "vitest";
import { chatPath, match } from "./router";

describe("addresses", () => {
  it.each([
    ["/", { name: "home", parameters: {} }],
    ["/chat/demo-pizza", { name: "chat", parameters: { sender: "demo-pizza" } }],
    ["/chat/demo-pizza/", { name: "chat", parameters: { sender: "demo-pizza" } }],
    ["/chat/a%2Fb%20c", { name: "chat", parameters: { sender: "a/b c" } }],
    ["/embed/demo-pizza", { name: "embed", parameters: { sender: "demo-pizza" } }],
    ["/chat", null],
    ["/chat/a/b", null],
    ["/other", null],
    ["/chat/%", null],
  ])("%s", (path, found) => expect(match(path)).toEqual(found));

  it("lead back to the sender they were made for", () => {
    expect(match(chatPath("a/b ñ?#"))?.parameters).toEqual({ sender: "a/b ñ?#" });
  });
});
