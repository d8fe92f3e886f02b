import type { ParseKeys } from "i18next";
import type { ComponentType } from "react";

/** A text of the dictionaries. */
export type Words = ParseKeys;

/** What an input is given: one field of an object of the scenario. A draft may hold anything there. */
export interface InputProps {
  /** Of the field in its object; what is wrong with it is told under this name. */
  name: string;
  label: string;
  help: string | undefined;
  value: unknown;
  /** The object that has the field. */
  thing: object;
  /** Undefined takes the field out of the file. `of`: another field of the thing, which is shown with this one. */
  set: (value: unknown, of?: string) => void;
}

/** How one field is shown and changed. */
export interface Field {
  label: Words;
  help?: Words;
  Input: ComponentType<InputProps>;
  /** Few need it: it is folded away. */
  isRare?: boolean;
}

/** The fields that the format names; own ones (`x-`) ride along. */
type Named<Thing> = keyof { [Name in keyof Thing as string extends Name ? never : Name]: Thing[Name] };

/** A descriptor: every field of a type of the format, but those that are shown elsewhere. A field that is missing here does not compile. */
export type FieldsOf<Thing, But extends string = never> = { readonly [Name in Exclude<Named<Thing>, But>]-?: Field };

/** A field that is shown and changed with another one. */
export const shownWithAnother = (label: Words): Field => ({ label, Input: () => null });

export const rarely = (field: Field): Field => ({ ...field, isRare: true });

/** An object with another value at a field; undefined takes the field out. */
export function withField<Thing extends object>(thing: Thing, name: string, value: unknown): Thing {
  if (value !== undefined) return { ...thing, [name]: value };
  return Object.fromEntries(Object.entries(thing).filter(([one]) => one !== name)) as Thing;
}

/** Whether a field that is folded away says something. */
export const saysRareThings = (fields: Readonly<Record<string, Field>>, thing: object): boolean =>
  Object.entries(fields).some(([name, field]) => field.isRare === true && Object.hasOwn(thing, name));
