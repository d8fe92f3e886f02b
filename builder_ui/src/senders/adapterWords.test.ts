import type { TFunction } from "i18next";
import { describe, expect, it } from "vitest";
import { credentialWords } from "./adapterWords";

const key = ((name: string) => name) as unknown as TFunction;
const field = { name: "base_url", title: "Base url", help: "Where it is." };

describe("the words of an adapter's field", () => {
  it("are the dictionary's", () => expect(credentialWords("fcm", field, key)).toEqual({ name: "base_url", title: "credentials.fcm.base_url.title", help: "credentials.fcm.base_url.help" }));
  it.each([
    ["fcm", "unheard_of"],
    ["pigeons", "base_url"],
    ["toString", "base_url"],
  ])("are the schema's for %s and %s", (adapter, name) => expect(credentialWords(adapter, { ...field, name }, key)).toEqual({ ...field, name }));
});
