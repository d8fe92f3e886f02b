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
import { LightMark } from "../trying/LightMark";
import { useLight } from "../trying/lights";
import type { CardNode } from "./elements";
import { fitting } from "./fitting";
import { saidButtons } from "./geometry";
import styles from "./NodeCard.module.css";
import { GrowButton } from "./GrowButton";
import { useWorst } from "./problems";
import { useSays } from "./says";

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
      {isAction(node) && <Buttons node={node} />}
    </div>
  );
});

function Summary({ node }: { node: Action }) {
  const says = useSays();
  return (
    <div className={styles.summary}>
      <span>{says(node)}</span>
      <Handle className={styles.handle!} id={NEXT} type="source" position={Position.Right} style={{ top: "50%" }} />
      {!node.next?.length && <GrowButton node={node.id} handle={NEXT} />}
    </div>
  );
}

/** The buttons of its message, as many as fit. */
function Buttons({ node }: { node: Action }) {
  const { t } = useTranslation();
  const { shown, more } = fitting(saidButtons(node));
  if (shown.length + more === 0) return null;
  return (
    <ul className={styles.buttons} aria-label={t("content.suggestions")}>
      {shown.map((text, index) => (
        <li key={index}>{text}</li>
      ))}
      {more > 0 && <li>+{more}</li>}
    </ul>
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
