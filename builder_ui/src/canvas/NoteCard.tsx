import type { NodeProps } from "@xyflow/react";
import { memo, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { removeNotes, writeNote } from "../scenario/notes";
import { useEditor } from "./editor";
import type { NoteNode } from "./elements";
import styles from "./NoteCard.module.css";
import { useWriting } from "./writing";

/** A note on the canvas: for those who build, never for contacts. Written where it stands. */
export const NoteCard = memo(function NoteCard({ id, data: { note }, selected }: NodeProps<NoteNode>) {
  const { t } = useTranslation();
  const { written, write } = useWriting();
  return (
    <div className={styles.note} data-selected={selected || undefined} aria-label={t("notes.note")} role="note" onDoubleClick={() => write(id)}>
      {written === id ? <Writing note={note} finish={() => write(null)} /> : <p className={styles.text}>{note.text || t("notes.empty")}</p>}
    </div>
  );
});

/** While somebody is at it: one step of undo. A note that says nothing goes when they leave. */
function Writing({ note: { id, text }, finish }: { note: NoteNode["data"]["note"]; finish: () => void }) {
  const { t } = useTranslation();
  const edit = useEditor((state) => state.edit);
  const during = useEditor((state) => state.during);
  const field = useRef<HTMLTextAreaElement>(null);
  const gesture = useRef(`note ${id} ${Date.now()}`);
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.select();
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  const leave = () => {
    if (!field.current?.value.trim()) during(gesture.current, () => edit((now) => removeNotes(now, new Set([id]))));
    finish();
  };
  return (
    <textarea
      ref={field}
      className={`${styles.field} nodrag nopan nowheel`}
      aria-label={t("notes.text")}
      value={text}
      onChange={(event) => during(gesture.current, () => edit((now) => writeNote(now, id, event.target.value)))}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== "Escape") return;
        event.currentTarget.closest<HTMLElement>(".react-flow__node")?.focus();
      }}
      onBlur={leave}
    />
  );
}
