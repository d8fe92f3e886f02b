import { expect, it } from "vitest";
import { namesIn } from "./names";

it.each([
  ["return {{price}} * 2", ["price"]],
  ["{{order.items.0}} {{ attribute.tier }} {{contact.phone}} {{thread.id}}", ["order", "attribute.tier", "contact.phone"]],
  ["vars.size = vars['colour']; attributes.age; message?.text", ["size", "colour", "attribute.age", "message.text"]],
  ['vars.get("name"); vars.items(); message["postback"]', ["name", "message.postback"]],
  ["return 1", []],
])("%j reads %j", (source, names) => expect(namesIn(source)).toEqual(names));
