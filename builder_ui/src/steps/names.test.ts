import type { TFunction } from "i18next";
import { expect, it } from "vitest";
import { es } from "../i18n/es";
import type { Scenario } from "../scenario/model";
import { isMadeName, namesIn } from "./names";

const t = ((key: string) => es.step_names[key.replace("step_names.", "") as keyof typeof es.step_names]) as unknown as TFunction;
const named = (...labels: string[]) => ({ nodes: labels.map((label) => ({ label })) }) as unknown as Scenario;

it("a new step is called after what it is, and as no other one", () => {
  const nameFor = namesIn(t);
  expect(nameFor(named(), "static_message")).toBe("Mensaje");
  expect(nameFor(named("Mensaje", "Mensaje 3"), "static_message")).toBe("Mensaje 2");
  expect(nameFor(named("Condición", "Condición 2"), "condition")).toBe("Condición 3");
});

it.each([
  ["Mensaje", true],
  ["Mensaje 12", true],
  ["Mensaje de ayer", false],
  ["Mensajes", false],
  [undefined, false],
])("%s is a name that was made: %s", (name, isMade) => expect(isMadeName(t, name, "static_message")).toBe(isMade));
