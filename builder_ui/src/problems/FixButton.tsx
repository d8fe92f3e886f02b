import Build from "@mui/icons-material/BuildOutlined";
import Button, { type ButtonProps } from "@mui/material/Button";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { useEditor, useEditorStore } from "../canvas/editor";
import { useSight } from "../canvas/sight";
import { idsOf } from "../scenario/operations";
import { fixOf } from "./fixes";

/** Puts a problem right where it is sure how (ED-3): one step of undo. A step that comes by it is shown. */
export function FixButton({ problem, sx }: { problem: Schemas["ProblemView"] } & Pick<ButtonProps, "sx">) {
  const { t } = useTranslation();
  const fix = useEditor(({ scenario }) => fixOf(scenario, problem)?.name ?? null);
  const value = useEditor(({ scenario }) => fixOf(scenario, problem)?.value ?? "");
  const editor = useEditorStore();
  const { goTo } = useSight();
  if (fix === null) return null;
  const mend = () => {
    const before = new Set(idsOf(editor.getState().scenario));
    editor.getState().edit((scenario) => fixOf(scenario, problem)?.apply(scenario) ?? scenario);
    const added = idsOf(editor.getState().scenario).find((id) => !before.has(id));
    if (!added) return;
    editor.getState().choose([added]);
    void goTo(added);
  };
  return (
    <Button size="small" color="inherit" startIcon={<Build />} sx={sx} onClick={mend}>
      {t(`fixes.${fix}`, { value })}
    </Button>
  );
}
