import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAst } from "vite";
import { describe, expect, it } from "vitest";
import { en } from "./en";
import { es } from "./es";
import { preferredLanguage } from "./index";

const SOURCE = join(import.meta.dirname, "..");
const READ_ALOUD = new Set(["aria-label", "title", "placeholder", "alt", "label"]);
const LETTERS = /\p{L}{2}/u;
/** Names and commands, the same in every language. */
const UNTRANSLATED = new Set(["examples/", "botflow validate FILE"]);

type Tree = { type?: string; [key: string]: unknown };

const sources = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|\.d\.ts$|i18n\/e[ns](\/\w+)?\.ts$|(api\/openapi|scenario\/format|messages\/content)\.ts$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(SOURCE, name), "utf8") }));

function keys(dictionary: object, prefix = ""): string[] {
  return Object.entries(dictionary).flatMap(([key, value]) =>
    typeof value === "string" ? [prefix + key] : keys(value, `${prefix}${key}.`),
  );
}

function text(dictionary: object, key: string): string {
  return key.split(".").reduce<unknown>((found, part) => (found as Record<string, unknown>)[part], dictionary) as string;
}

/** Words that a person would read and that come from no dictionary. */
function wordsIn(tree: unknown, inJsx = false): string[] {
  if (Array.isArray(tree)) return tree.flatMap((child) => wordsIn(child, inJsx));
  if (typeof tree !== "object" || tree === null) return [];
  const node = tree as Tree;
  if (node.type === "JSXText") return [String(node.value).trim()];
  if (node.type === "JSXExpressionContainer") return literals(node.expression);
  if (node.type === "JSXAttribute") return attributeWords(node);
  return Object.values(node).flatMap((child) => wordsIn(child));
}

function attributeWords(node: Tree): string[] {
  const name = String((node.name as Tree).name);
  return READ_ALOUD.has(name) ? literals(node.value) : wordsIn((node.value as Tree | null)?.expression);
}

function literals(value: unknown): string[] {
  const node = value as Tree | null;
  const own = node?.type === "Literal" && typeof node.value === "string" ? [node.value] : [];
  return [...own, ...wordsIn(value === null ? [] : Object.values(value as Tree))];
}

describe("the dictionaries", () => {
  it("say the same things, with the same values in them", () => {
    expect(keys(es)).toEqual(keys(en));
    const values = (words: string) => words.match(/{{\w+}}/g) ?? [];
    for (const key of keys(en)) expect(values(text(es, key)), key).toEqual(values(text(en, key)));
  });

  it("leave nothing empty", () => {
    for (const key of keys(en)) expect(text(es, key) && text(en, key), key).toBeTruthy();
  });

  it("are used, every key of them", () => {
    const code = sources.map((source) => source.text).join("\n");
    const wildcards = [...code.matchAll(/t\(`([\w.]+)\$\{/g)].map(([, prefix]) => prefix!);
    const used = (key: string) =>
      code.includes(`"${key.replace(/_(zero|one|other)$/, "")}"`) || wildcards.some((prefix) => key.startsWith(prefix));
    expect(keys(en).filter((key) => !used(key))).toEqual([]);
  });
});

describe("the page", () => {
  it.each(sources.filter(({ name }) => name.endsWith(".tsx")))("has no untranslated words in $name", ({ text: code }) => {
    const words = wordsIn(parseAst(code, { lang: "tsx" })).filter((word) => LETTERS.test(word));
    expect(words.filter((word) => !UNTRANSLATED.has(word))).toEqual([]);
  });

  it("would be found out: the search sees text, attributes and expressions", () => {
    const code = 'const a = <p title="Tip" className="quiet">Plain {"Quoted"} {yes ? <b>Nested</b> : null}</p>;';
    expect(wordsIn(parseAst(code, { lang: "tsx" })).filter((word) => LETTERS.test(word))).toEqual([
      "Tip",
      "Plain",
      "Quoted",
      "Nested",
    ]);
  });

  it.each([
    [["es-MX", "en"], "es"],
    [["de", "en-GB"], "en"],
    [["fr"], "en"],
    [["", "es"], "es"],
  ])("picks the first language it speaks: %j", (wanted, language) => {
    expect(preferredLanguage(wanted)).toBe(language);
  });
});

describe("components", () => {
  const MOST_LINES = 250;
  it.each(sources)("stay small: $name", ({ text: code }) => {
    expect(code.split("\n").length).toBeLessThanOrEqual(MOST_LINES);
  });
});
