import type { TFunction } from "i18next";
import { describe, expect, it } from "vitest";
import { en } from "../../i18n/en";
import { CHANNELS, OBJECTS } from "../content";
import { type Channel, fieldsOf, typesOf } from "../kinds";
import { choiceOf, labelOf, objectLabel } from "./labels";

/** What a key of the dictionary says; undefined where there is none. */
const said = (key: string) => key.split(".").reduce<unknown>((found, part) => (found as Record<string, unknown> | undefined)?.[part], en);
const key = ((name: string) => name) as unknown as TFunction;
const fields = Object.keys(OBJECTS).flatMap((owner) => fieldsOf(owner).map(([field, kind]) => ({ owner, field, kind })));

describe("words for what the runtime's content has", () => {
  it.each(fields.filter(({ kind }) => kind.kind !== "key"))("$owner.$field has a name", ({ owner, field, kind }) => {
    expect(said(labelOf(key, owner, field))).toBeTypeOf("string");
    if (kind.kind === "choice") for (const value of kind.values) expect(said(choiceOf(key, field, value))).toBeTypeOf("string");
    if (kind.kind === "object" || kind.kind === "list") expect(said(`messages.adds.${field}`)).toBeTypeOf("string");
    if (kind.kind === "list") for (const name of kind.of) expect(said(objectLabel(key, name))).toBeTypeOf("string");
  });

  it("are there for every type of message", () => {
    for (const channel of Object.keys(CHANNELS) as Channel[]) for (const type of typesOf(channel)) expect(said(`messages.types.${type}`)).toBeTypeOf("string");
  });
});
