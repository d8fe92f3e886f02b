import { expect, it } from "vitest";
import type { Status } from "../senders/senderValues";
import { decisionsOf } from "./decisions";

it.each<[Status[], Status[]]>([
  [["submitted"], []],
  [["in_progress", "active", "rejected", "canceled"], ["in_progress", "active", "rejected"]],
  [["draft"], []],
])("of %j a vendor decides on %j", (next, decided) => {
  expect(decisionsOf(next)).toEqual(decided);
});
