import { useEditor } from "../canvas/editor";
import { Within } from "../canvas/faults";
import { MessageField } from "../messages/MessageField";
import type { Field, InputProps, Words } from "./field";

/** What is sent, on the channel of the scenario. */
function MessageInput({ name, value, set }: InputProps) {
  const channel = useEditor(({ scenario }) => scenario.channel);
  return (
    <Within at={name}>
      <MessageField channel={channel} content={value} change={set} />
    </Within>
  );
}

export const message = (label: Words): Field => ({ label, Input: MessageInput });
