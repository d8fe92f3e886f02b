import MenuItem from "@mui/material/MenuItem";
import { useTranslation } from "react-i18next";
import type { components } from "../scenario/format";
import { DepartmentInput } from "./department";
import { type Field, type InputProps, type Words, withField } from "./field";
import { SelectInput } from "./SelectInput";
import { textOf } from "./text";

type Policy = components["schemas"]["NodeFailurePolicy"];

const WORDS: Readonly<Record<Policy["action"], Words>> = {
  continue: "actions.failure_continue",
  end_chat: "actions.failure_end_chat",
  failover: "actions.failure_failover",
  handover: "actions.failure_handover",
  default: "fields.failure_default",
};
const ACTIONS = Object.keys(WORDS) as Policy["action"][];
const AS_THE_CHATBOT = "-";

/** What this step's failure leads to (ND-5); nothing said: what the chatbot's settings say. */
function FailureInput({ name, thing, label, help, value, set }: InputProps) {
  const { t } = useTranslation();
  const policy = typeof value === "object" && value !== null ? (value as Partial<Policy>) : {};
  const action = textOf(policy.action);
  const choose = (chosen: string) => set(chosen === AS_THE_CHATBOT ? undefined : { ...withField(policy, "department", chosen === "handover" ? policy.department : undefined), action: chosen });
  return (
    <>
      <SelectInput field={name} label={label} helperText={help} value={action || AS_THE_CHATBOT} known={[AS_THE_CHATBOT, ...ACTIONS]} choose={choose}>
        <MenuItem value={AS_THE_CHATBOT}>{t("fields.failure_unsaid")}</MenuItem>
        {ACTIONS.map((one) => (
          <MenuItem key={one} value={one}>
            {t(WORDS[one])}
          </MenuItem>
        ))}
      </SelectInput>
      {action === "handover" && (
        <DepartmentInput
          name={`${name}.department`}
          thing={thing}
          label={t("fields.failure_department")}
          help={undefined}
          value={policy.department}
          set={(department) => set(withField(policy, "department", department))}
        />
      )}
    </>
  );
}

export const failure = (label: Words, help: Words): Field => ({ label, help, Input: FailureInput });
