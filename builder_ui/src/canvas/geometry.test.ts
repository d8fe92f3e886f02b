import { expect, it } from "vitest";
import type { Node } from "../scenario/model";
import { heightOf, HEADER, ROW } from "./geometry";

it("a condition has a row for anything else only where that is said", () => {
  const asks = { id: "a", kind: "condition", type: "user_response", branches: [{ id: "b", label: "Yes" }] } as unknown as Node;
  expect(heightOf({ ...asks, else: {} } as Node)).toBe(HEADER + 2 * ROW);
  expect(heightOf(asks)).toBe(HEADER + ROW);
});
