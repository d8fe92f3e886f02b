import { useTranslation } from "react-i18next";
import { ELSE, type Exit, NEXT } from "../../scenario/model";
import { disconnect } from "../../scenario/operations";
import { useEditor } from "../editor";
import styles from "./Outline.module.css";
import type { OutlineStepProps } from "./OutlineStep";

/** Where an exit of a step leads, and ways to change it. */
export function OutlineExit({ exit, node, names, isEditing, go, grow, connectFrom }: OutlineStepProps & { exit: Exit }) {
  const { t } = useTranslation();
  const edit = useEditor((state) => state.edit);
  const from = { node: node.id, handle: exit.handle };
  const label = exit.handle === NEXT ? t("panel.next") : exit.label || t(exit.handle === ELSE ? "canvas.else" : "canvas.unnamed_branch");
  const name = `${names.get(node.id)}: ${label}`;
  return (
    <li className={styles.exit}>
      <span className={styles.label}>{label}</span>
      {!exit.next.length && <span className={styles.quiet}>{t("outline.nowhere")}</span>}
      {exit.next.map((to) => (
        <span key={to} className={styles.target}>
          <button type="button" className={styles.link} aria-label={t("outline.go", { step: names.get(to) ?? to })} disabled={!names.has(to)} onClick={() => go(to)}>
            → {names.get(to) ?? to}
          </button>
          {isEditing && (
            <button type="button" className={styles.small} aria-label={t("outline.disconnect", { exit: name, step: names.get(to) ?? to })} onClick={() => edit((now) => disconnect(now, from, to))}>
              ×
            </button>
          )}
        </span>
      ))}
      {isEditing && (
        <span className={styles.ways}>
          <button type="button" className={styles.small} aria-label={t("outline.connect", { exit: name })} onClick={() => connectFrom(from)}>
            {t("outline.connect_short")}
          </button>
          {(["action", "condition"] as const).map((what) => (
            <button key={what} type="button" className={styles.small} aria-label={t(`outline.add_${what}`, { exit: name })} onClick={() => grow(node.id, what, exit.handle)}>
              + {t(`panel.${what}`)}
            </button>
          ))}
        </span>
      )}
    </li>
  );
}
