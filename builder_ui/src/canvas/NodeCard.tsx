import CallSplit from "@mui/icons-material/CallSplit";
import ErrorIcon from "@mui/icons-material/Error";
import Flag from "@mui/icons-material/Flag";
import WarningIcon from "@mui/icons-material/Warning";
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { type Action, ELSE, exitsOf, isAction, NEXT, type Node, roleOf } from "../scenario/model";
import { isFinish } from "../scenario/operations";
import { kindOf } from "../steps/registry";
import { useSummary } from "../steps/useSummary";
import { LightMark } from "../trying/LightMark";
import { useLight } from "../trying/lights";
import type { CardNode } from "./elements";
import styles from "./NodeCard.module.css";
import { GrowButton } from "./GrowButton";
import { useWorst } from "./problems";

/** A node on the canvas (ND-1): its role on a tab, what it is, what it says, and where it leads. */
export const NodeCard = memo(function NodeCard({ id, data: { node }, selected }: NodeProps<CardNode>) {
  const { t } = useTranslation();
  const worst = useWorst(id);
  const light = useLight(id);
  const role = roleOf(node);
  const Icon = isAction(node) ? (kindOf(node.step)?.icon ?? CallSplit) : CallSplit;
  return (
    <div className={styles.card} data-kind={node.kind} data-selected={selected || undefined} data-worst={worst} data-light={light}>
      {role !== "regular" && <span className={styles.role}>{t(`roles.${role}`)}</span>}
      <Handle className={styles.handle!} type="target" position={Position.Left} style={{ top: 20 }} />
      <div className={styles.header}>
        <Icon />
        <span className={styles.label}>{node.label || node.id}</span>
        <LightMark node={id} />
        {worst === "error" && <ErrorIcon className={styles.error!} titleAccess={t("canvas.has_errors")} />}
        {worst === "warning" && <WarningIcon className={styles.warning!} titleAccess={t("canvas.has_warnings")} />}
        {isFinish(node) && <Flag className={styles.finish!} titleAccess={t("canvas.finish")} />}
      </div>
      {isAction(node) ? <Summary node={node} /> : <Branches node={node} />}
    </div>
  );
});

function Summary({ node }: { node: Action }) {
  const { t } = useTranslation();
  const summary = useSummary();
  return (
    <div className={styles.summary}>
      <span>{summary(node.step) || (kindOf(node.step) ? t(`steps.${node.step.type}`) : node.step.type)}</span>
      <Handle className={styles.handle!} id={NEXT} type="source" position={Position.Right} style={{ top: "50%" }} />
      {!node.next?.length && <GrowButton node={node.id} handle={NEXT} />}
    </div>
  );
}

function Branches({ node }: { node: Node }) {
  const { t } = useTranslation();
  return exitsOf(node).map(({ handle, label, next }) => (
    <div key={handle} className={styles.branch} data-else={handle === ELSE || undefined}>
      <span>{label || (handle === ELSE ? t("canvas.else") : t("canvas.unnamed_branch"))}</span>
      <Handle className={styles.handle!} id={handle} type="source" position={Position.Right} style={{ top: "50%" }} />
      {!next.length && <GrowButton node={node.id} handle={handle} />}
    </div>
  ));
}
