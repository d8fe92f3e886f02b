import FormControlLabel from "@mui/material/FormControlLabel";
import MenuItem from "@mui/material/MenuItem";
import Switch from "@mui/material/Switch";
import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import type { Action, Step } from "../scenario/model";
import { STEP_TYPES, STEPS } from "../steps/registry";
import { JsonInput } from "./JsonInput";
import { TextInput } from "./TextInput";

interface ActionFieldsProps {
  node: Action;
  change: (some: (node: Action) => Action) => void;
}

interface TextContent {
  type: "text";
  text: string;
}

const isText = (content: unknown): content is TextContent => (content as Partial<TextContent> | null)?.type === "text";

/** What an action does. */
export function ActionFields({ node, change }: ActionFieldsProps) {
  const { t } = useTranslation();
  const { step } = node;
  const set = (values: object) => change((one) => ({ ...one, step: { ...one.step, ...values } as Step }));
  const content = "content" in step ? step.content : undefined;
  return (
    <>
      <TextField
        select
        label={t("panel.step")}
        value={step.type}
        onChange={(event) => change((one) => ({ ...one, step: STEPS[event.target.value as Step["type"]].initial(isText(content) ? content.text : t("canvas.new_message")) }))}
      >
        {STEP_TYPES.map((type) => (
          <MenuItem key={type} value={type}>
            {t(`steps.${type}`)}
          </MenuItem>
        ))}
      </TextField>
      {isText(content) && <TextInput label={t("panel.text")} field="step.content.text" value={content.text} change={(text) => set({ content: { ...content, text } })} multiline minRows={3} />}
      {step.type === "ask_question" && <TextInput label={t("panel.save_as")} field="step.save_as" helperText={t("panel.save_as_help")} value={typeof step.save_as === "string" ? step.save_as : ""} change={(save_as) => set({ save_as })} />}
      <JsonInput label={t("panel.as_json")} value={step} change={(value) => change((one) => ({ ...one, step: value as Step }))} />
      <FormControlLabel
        control={<Switch checked={node.final ?? false} onChange={(_, final) => change(({ final: _before, ...one }) => (final ? { ...one, final } : one) as Action)} />}
        label={t("panel.final")}
      />
    </>
  );
}
