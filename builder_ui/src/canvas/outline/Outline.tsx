import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Outlet } from "../../scenario/model";
import { connect } from "../../scenario/operations";
import { useEditor } from "../editor";
import { Finder } from "../Finder";
import type { What } from "../growth";
import { OutlineStep } from "./OutlineStep";
import styles from "./Outline.module.css";
import { outlineOf } from "./outline";

interface OutlineProps {
  isEditing: boolean;
  open: (id: string) => void;
  /** Add a step after another one. */
  grow: (node: string, what: What, handle: string) => void;
}

/** The chatbot as a list: each step, and where it leads. What the canvas shows and does, for screen readers, keyboards and phones. */
export function Outline({ isEditing, open, grow }: OutlineProps) {
  const { t } = useTranslation();
  const scenario = useEditor((state) => state.scenario);
  const edit = useEditor((state) => state.edit);
  const steps = useMemo(() => outlineOf(scenario), [scenario]);
  const names = useMemo(() => new Map(scenario.nodes.map((node) => [node.id, node.label || node.id])), [scenario]);
  const [from, connectFrom] = useState<Outlet | null>(null);
  const go = (id: string) => document.getElementById(`outline ${id}`)?.focus();
  return (
    <Box component="section" aria-label={t("outline.title")} className={styles.outline}>
      {steps.length === 0 && <Typography sx={{ color: "text.secondary" }}>{t("outline.empty")}</Typography>}
      <ol className={styles.steps}>
        {steps.map((node) => (
          <OutlineStep key={node.id} node={node} names={names} isEditing={isEditing} open={open} go={go} grow={grow} connectFrom={connectFrom} />
        ))}
      </ol>
      {from && <Finder title={t("outline.connect_to", { step: names.get(from.node) })} go={(to) => edit((now) => connect(now, from, to))} close={() => connectFrom(null)} />}
    </Box>
  );
}
