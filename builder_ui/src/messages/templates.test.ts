import { expect, it } from "vitest";
import { templateOf } from "./templates";

const template = (id: number, status: string, language = "en") => ({ id, name: "order", language, status });

it.each([
  ["the approved one, whatever comes first", [template(1, "rejected"), template(2, "approved")], 2],
  ["one that is not approved, where none is", [template(1, "pending"), template(2, "approved", "es")], 1],
  ["none, where no name and language fit", [template(1, "approved", "es")], undefined],
] as const)("of the templates that a message may name it is %s", (_, templates, id) =>
  expect(templateOf(templates, { name: "order", language: "en" })).toEqual(id === undefined ? undefined : expect.objectContaining({ id })),
);
