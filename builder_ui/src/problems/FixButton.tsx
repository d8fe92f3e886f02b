import Build from "@mui/icons-material/BuildOutlined";
import Button, { type ButtonProps } from "@mui/material/Button";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { useEditor } from "../canvas/editor";
import { fixOf } from "./fixes";

/** Puts a problem right where it is sure how (ED-3): one step of undo. */
export function FixButton({ problem, sx }: { problem: Schemas["ProblemView"] } & Pick<ButtonProps, "sx">) {
  const { t } = useTranslation();
  const fix = useEditor(({ scenario }) => fixOf(scenario, problem)?.name ?? null);
  const value = useEditor(({ scenario }) => fixOf(scenario, problem)?.value ?? "");
  const edit = useEditor((state) => state.edit);
  if (fix === null) return null;
  return (
    <Button size="small" color="inherit" startIcon={<Build />} sx={sx} onClick={() => edit((scenario) => fixOf(scenario, problem)?.apply(scenario) ?? scenario)}>
      {t(`fixes.${fix}`, { value })}
    </Button>
  );
}
