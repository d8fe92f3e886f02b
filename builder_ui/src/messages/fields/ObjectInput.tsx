import Add from "@mui/icons-material/Add";
import Delete from "@mui/icons-material/Delete";
import Button from "@mui/material/Button";
import { useTranslation } from "react-i18next";
import { Within } from "../../canvas/faults";
import { newObject } from "../making";
import { useWords } from "../useWords";
import { isContent } from "../values";
import type { FieldInputProps } from "./FieldInput";
import { labelOf } from "./labels";
import { ObjectFields } from "./ObjectFields";
import { Part } from "./Part";

/** An object in a field, such as the one button of a message; one that may be left out is added and removed. */
export function ObjectInput({ owner, field, kind, value, change }: FieldInputProps<"object">) {
  const { t } = useTranslation();
  const words = useWords();
  const label = labelOf(t, owner, field);
  const add = () => change(newObject(kind.of, words));
  if (!isContent(value))
    return (
      <Button startIcon={<Add />} onClick={add} sx={{ alignSelf: "flex-start" }}>
        {t(`messages.adds.${field}` as "messages.adds.button")}
      </Button>
    );
  return (
    <Part title={label} field={null}>
      <Within at={field}>
        <ObjectFields name={kind.of} value={value} change={change} />
      </Within>
      {!kind.required && (
        <Button color="inherit" startIcon={<Delete />} onClick={() => change(undefined)} sx={{ alignSelf: "flex-start" }}>
          {t("items.remove", { name: label })}
        </Button>
      )}
    </Part>
  );
}
