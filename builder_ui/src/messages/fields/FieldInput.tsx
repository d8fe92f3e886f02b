import type { ComponentType } from "react";
import type { Field, FieldKind, Kind } from "../kinds";
import { ChoiceInput } from "./ChoiceInput";
import { LimitedText } from "./LimitedText";
import { ListInput } from "./ListInput";
import { MediaInput } from "./MediaInput";
import { MomentInput } from "./MomentInput";
import { NumberInput } from "./NumberInput";
import { ObjectInput } from "./ObjectInput";
import { ShapedText } from "./ShapedText";
import { TextsInput } from "./TextsInput";

export interface FieldInputProps<K extends Kind = Kind> {
  /** The object that the field is of. */
  owner: string;
  field: string;
  kind: Field<K>;
  value: unknown;
  /** Undefined takes the field away. */
  change: (value: unknown) => void;
}

type Input = ComponentType<FieldInputProps<never>>;

/** How each kind of field is edited: a new kind is a component and a line here. */
const INPUTS = {
  text: LimitedText,
  texts: TextsInput,
  key: ShapedText,
  url: ShapedText,
  phone: ShapedText,
  moment: MomentInput,
  number: NumberInput,
  integer: NumberInput,
  choice: ChoiceInput,
  media: MediaInput,
  object: ObjectInput,
  list: ListInput,
} as const satisfies Record<Kind, ComponentType<never>>;

/** One field of content. */
export function FieldInput(props: Omit<FieldInputProps, "kind"> & { kind: FieldKind }) {
  const Input = INPUTS[props.kind.kind] as unknown as Input;
  return <Input {...(props as unknown as FieldInputProps<never>)} />;
}

