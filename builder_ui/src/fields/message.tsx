import type { ComponentType } from "react";
import { useEditor } from "../canvas/editor";
import { Within } from "../canvas/faults";
import { MessageField } from "../messages/MessageField";
import type { Field, InputProps, Words } from "./field";

/** What is sent, on the channel of the scenario. `Below`: what stands right below its fields, where its buttons are. */
export function message(label: Words, Below?: ComponentType<InputProps>): Field {
  function Input(props: InputProps) {
    const channel = useEditor(({ scenario }) => scenario.channel);
    return (
      <Within at={props.name}>
        <MessageField channel={channel} content={props.value} change={(content) => props.set(content)} below={Below && <Below {...props} />} />
      </Within>
    );
  }
  return { label, Input };
}
