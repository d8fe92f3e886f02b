import { expect, test } from "vitest";
import { failuresOf, oneByOne } from "./oneByOne";

const refusing = async (id: string) => {
  if (id === "b") throw new Error("b is refused");
  return id.toUpperCase();
};

test("one that fails does not stop the others", async () => {
  const outcomes = await oneByOne(["a", "b", "c"], refusing, () => {});
  expect(outcomes.get("a")).toEqual({ done: "A" });
  expect(outcomes.get("c")).toEqual({ done: "C" });
  expect(failuresOf(outcomes)).toEqual([["b", new Error("b is refused")]]);
});

test("each outcome is told as it comes", async () => {
  const told: string[] = [];
  await oneByOne(["a", "b"], refusing, (outcomes) => told.push([...outcomes.keys()].join()));
  expect(told).toEqual(["a", "a,b"]);
});
