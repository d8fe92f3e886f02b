import { expect, test } from "vitest";
import { contactOf, typedContact } from "./contact";

test("what is typed and what is kept mean the same", () => {
  for (const contact of [
    { phone: "+34600", name: "Ann", language: "es", attributes: { city: "Chicago", age: 30, vip: true, code: "007x", odd: "12", tags: ["a"] } },
    { name: "Ann", email: "a@b.example" },
    { attributes: { formula: "a=b" } },
  ])
    expect(contactOf(typedContact(contact))).toEqual(contact);
});

test("nothing typed is the usual contact", () => {
  expect(contactOf(typedContact())).toBe(undefined);
});
