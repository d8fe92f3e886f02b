import CallSplit from "@mui/icons-material/CallSplit";
import type { TFunction } from "i18next";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { exitsOf, isAction, type Node, type Outlet, roleOf } from "../../scenario/model";
import { isFinish, removeNodes } from "../../scenario/operations";
import { kindOf } from "../../steps/registry";
import { useSummary } from "../../steps/useSummary";
import { useEditor } from "../editor";
import type { What } from "../growth";
import { useWorst } from "../problems";
import styles from "./Outline.module.css";
import { OutlineExit } from "./OutlineExit";

export interface OutlineStepProps {
  node: Node;
  names: ReadonlyMap<string, string>;
  isEditing: boolean;
  open: (id: string) => void;
  /** Come to a step of the list. */
  go: (id: string) => void;
  grow: (node: string, what: What, handle: string) => void;
  connectFrom: (from: Outlet) => void;
}

/** A step of the outline: its name opens it, its exits lead on. */
export const OutlineStep = memo(function OutlineStep(props: OutlineStepProps) {
  const { node, isEditing, open } = props;
  const { t } = useTranslation();
  const summarised = useSummary();
  const summary = isAction(node) ? summarised(node.step) : "";
  const edit = useEditor((state) => state.edit);
  const worst = useWorst(node.id);
  const name = node.label || node.id;
  const Icon = isAction(node) ? (kindOf(node.step)?.icon ?? CallSplit) : CallSplit;
  return (
    <li className={styles.step}>
      <div className={styles.head}>
        <Icon />
        <button type="button" id={`outline ${node.id}`} className={styles.name} onClick={() => open(node.id)}>
          {name}
        </button>
        <span className={styles.quiet}>{kindText(node, t)}</span>
        {worst && <span className={styles[worst]}>{t(worst === "error" ? "canvas.has_errors" : "canvas.has_warnings")}</span>}
        {isEditing && (
          <button type="button" className={styles.small} aria-label={t("outline.remove", { step: name })} onClick={() => edit((now) => removeNodes(now, new Set([node.id])))}>
            {t("outline.remove_short")}
          </button>
        )}
      </div>
      {summary && <p className={styles.summary}>{summary}</p>}
      <ul className={styles.exits}>
        {exitsOf(node).map((exit) => (
          <OutlineExit key={exit.handle} exit={exit} {...props} />
        ))}
      </ul>
      {isFinish(node) && <p className={styles.quiet}>{t("canvas.finish")}</p>}
    </li>
  );
});

/** What kind of step it is, and which role it has. */
function kindText(node: Node, t: TFunction): string {
  const kind = isAction(node) ? (kindOf(node.step) ? t(`steps.${node.step.type}`) : node.step.type) : t("panel.condition");
  return roleOf(node) === "regular" ? kind : `${kind} · ${t(`roles.${roleOf(node)}`)}`;
}
