import i18next from "i18next";
import { expect, test } from "vitest";
import { en } from "../i18n/en";
import { es } from "../i18n/es";
import { reasonWords } from "../threads/reasons";
import { ruleInWords } from "./useContentRules";

const texts = i18next.createInstance();
void texts.init({ lng: "es", resources: { en: { translation: en }, es: { translation: es } }, interpolation: { escapeValue: false }, initAsync: false });
const t = texts.getFixedT("es");
const told = (code: string, values = {}) => ruleInWords({ code, values, detail: "As the server says it." }, t);

test("a broken rule is told in the language of the page, with its numbers", () => {
  expect(told("blank")).toBe("Escribe algo aquí.");
  expect(told("too_long", { found: 26, most: 25 })).toBe("Acórtalo: su longitud es 26 y puede ser 25.");
  expect(told("samples", { count: 2, found: 0 })).toBe("Da 2 ejemplos, uno por variable; hay 0.");
});

test("braces that a rule shows stay", () => expect(told("bad_variable")).toBe("Numera las variables desde 1 y sin saltos: {{1}}, {{2}}."));

test("what the page does not know is told as the server says it", () => {
  for (const code of ["new_rule", "", "toString", "constructor"]) expect(told(code)).toBe("As the server says it.");
});

test("a reason that is called as something of every object is a reason that a scenario gave", () => {
  for (const reason of ["toString", "constructor"]) expect(reasonWords(reason, t)).toBe(reason);
});
