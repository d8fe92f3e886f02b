import Button from "@mui/material/Button";
import Paper from "@mui/material/Paper";
import { useTranslation } from "react-i18next";
import { useEditor } from "../canvas/editor";
import { useGo } from "../canvas/growing";
import type { InputProps } from "../fields/field";
import { OnOffInput } from "../fields/onOff";
import { isAction } from "../scenario/model";
import { waitingBehind } from "./inStep";
import { repliesOf } from "./replies";

const FIELD = "reply_conditions";

/** Right below the buttons of a message: whether they are kept as branches (ND-7), and the way there. A message that has none does not ask. */
export function ReplyConditions({ thing, value: content, set }: InputProps) {
  const { t } = useTranslation();
  const on = (thing as { [FIELD]?: unknown })[FIELD] === true;
  if (!on && repliesOf(content).length === 0) return null;
  return (
    <Paper variant="outlined" sx={{ px: 1.5, py: 0.5 }}>
      <OnOffInput name={FIELD} label={t("fields.reply_conditions")} help={t("fields.reply_conditions_help")} thing={thing} value={on} set={(value) => set(value, FIELD)} />
      {on && <ToBranches step={thing} />}
    </Paper>
  );
}

/** The way to the branches: they may be out of sight. */
function ToBranches({ step }: { step: object }) {
  const { t } = useTranslation();
  const go = useGo();
  const condition = useEditor(({ scenario }) => {
    const message = scenario.nodes.find((node) => isAction(node) && node.step === step);
    return message && waitingBehind(scenario, message.id)?.id;
  });
  return (
    condition !== undefined && (
      <Button size="small" sx={{ mt: 0.5 }} onClick={() => go(condition)}>
        {t("fields.reply_conditions_go")}
      </Button>
    )
  );
}
