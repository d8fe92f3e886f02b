import { useTranslation } from "react-i18next";
import { Within } from "../../canvas/faults";
import { TextInput } from "../../canvas/TextInput";
import { Counter } from "../../limits/Counter";
import { fixedPart, lengthIn } from "../counting";
import { contentOf, textOf } from "../values";
import type { FieldInputProps } from "./FieldInput";
import { labelOf } from "./labels";
import { Part } from "./Part";

/** A text for each of some names, such as what fills a template's variables. */
export function TextsInput({ owner, field, kind, value, change }: FieldInputProps<"texts">) {
  const { t } = useTranslation();
  const texts = contentOf(value);
  return (
    <Part title={labelOf(t, owner, field)} field={field}>
      <Within at={field}>
        {Object.entries(texts).map(([name, text]) => {
          const count = lengthIn(kind.unit, fixedPart(textOf(text)));
          return (
            <TextInput
              key={name}
              label={t("messages.variable", { name })}
              field={name}
              takesVariables
              aside={<Counter count={count} most={kind.most} />}
              error={count > kind.most}
              value={textOf(text)}
              change={(typed) => change({ ...texts, [name]: typed })}
            />
          );
        })}
      </Within>
    </Part>
  );
}
