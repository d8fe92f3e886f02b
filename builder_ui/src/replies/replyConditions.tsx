import { OnOffInput } from "../fields/onOff";
import type { Field, InputProps, Words } from "../fields/field";
import { repliesOf } from "./replies";

/** Whether the replies of a message are kept as branches (ND-7). A message that suggests none does not ask. */
function ReplyConditionsInput(props: InputProps) {
  const { content } = props.thing as { content?: unknown };
  return props.value === true || repliesOf(content).length > 0 ? <OnOffInput {...props} /> : null;
}

export const replyConditions = (label: Words, help: Words): Field => ({ label, help, Input: ReplyConditionsInput });
