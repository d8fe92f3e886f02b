import { expect, it } from "vitest";
import { widgetLine } from "./widgetLine";

it("names the server and the sender, whatever letters its id has", () => {
  expect(widgetLine("https://bots.example.com", "pizza")).toBe(
    '<script src="https://bots.example.com/widget.js" data-sender="pizza" async></script>',
  );
  expect(widgetLine("", 'a"b<c&d')).toContain('data-sender="a&quot;b&lt;c&amp;d"');
});
