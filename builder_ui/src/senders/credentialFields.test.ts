import { describe, expect, it } from "vitest";
import { credentialsOf, fieldsOf, folded, typedOf, usualOf } from "./credentialFields";

const ADAPTER = {
  secrets: ["auth_token"],
  credentials: {
    required: ["auth_token"],
    properties: {
      auth_token: { type: "string", title: "Auth Token", description: "Its secret." },
      avatar: { anyOf: [{ type: "string" }, { type: "null" }], default: null },
      port: { type: "integer", default: 2775 },
      tls: { type: "boolean", default: false },
      bind: { type: "string", enum: ["one", "two"], default: "one" },
      statuses: { type: "array", default: [] },
    },
  },
};
const FIELDS = fieldsOf(ADAPTER);

describe("the form of an adapter", () => {
  it("has a field of its kind for each of the schema", () => {
    expect(FIELDS.map(({ kind }) => kind)).toEqual(["secret", "text", "number", "switch", "choice", "numbers"]);
    expect(FIELDS[0]).toEqual({ name: "auth_token", title: "Auth token", help: "Its secret.", kind: "secret", isRequired: true, choices: [] });
  });

  it("begins with what is usual, and never with a secret", () => {
    const begin = typedOf(FIELDS, { ...usualOf(ADAPTER), auth_token: "hidden" });
    expect(begin).toEqual({ auth_token: "", avatar: "", port: "2775", tls: false, bind: "one", statuses: "" });
  });

  it("folds what is seldom needed where there is much", () => {
    expect(folded(FIELDS).more).toEqual([]);
    const many = Array.from({ length: 11 }, (_, index) => ({ ...FIELDS[1]!, name: `field${index}` }));
    expect(folded([FIELDS[0]!, ...many])).toEqual({ shown: [FIELDS[0]], more: many });
  });
});

describe("what is sent", () => {
  it("leaves out what is empty, and has numbers as numbers", () => {
    const values = { auth_token: "", avatar: "", port: "25", tls: true, bind: "two", statuses: "8, 20 88" };
    expect(credentialsOf(FIELDS, values)).toEqual({ port: 25, tls: true, bind: "two", statuses: [8, 20, 88] });
  });

  it("leaves what is no number to the server", () => {
    expect(credentialsOf(FIELDS, { port: "many" })).toEqual({ port: "many" });
  });
});
