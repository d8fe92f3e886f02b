import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useRef } from "react";
import styles from "./CodeEditor.module.css";
import { editing, languageOf, type OffersAt } from "./extensions";
import type { Language } from "./offers";

export interface CodeEditorProps {
  label: string;
  helpId: string;
  value: string;
  language: Language;
  offersAt: OffersAt;
  isReadOnly: boolean;
  change: (value: string) => void;
  /** A new visit: what is typed until the next one is one step of undo. */
  enter: () => void;
  /** What is wrong at a line, counted from 1. */
  fault: { line: number; message: string } | null;
}

/** An editor for a script: the one that the panel loads when a step has code. */
export default function CodeEditor({ label, helpId, value, language, offersAt, isReadOnly, change, enter, fault }: CodeEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const compartments = useRef({ language: new Compartment(), access: new Compartment() });
  const latest = useRef({ change, enter });
  latest.current = { change, enter };

  useEffect(() => {
    const { language: ofLanguage, access } = compartments.current;
    const editor = new EditorView({
      parent: place.current!,
      doc: value,
      extensions: [
        editing(label, helpId),
        ofLanguage.of([]),
        access.of([]),
        lintGutter(),
        EditorView.domEventHandlers({ focus: () => latest.current.enter() }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !update.transactions.some((one) => one.isUserEvent("outside"))) latest.current.change(update.state.doc.toString());
        }),
      ],
    });
    view.current = editor;
    return () => editor.destroy();
    // made once: what changes is told to it below
  }, []);

  useEffect(() => view.current?.dispatch({ effects: compartments.current.language.reconfigure(languageOf(language, offersAt)) }), [language, offersAt]);
  useEffect(
    () => view.current?.dispatch({ effects: compartments.current.access.reconfigure([EditorState.readOnly.of(isReadOnly), EditorView.editable.of(!isReadOnly)]) }),
    [isReadOnly],
  );
  useEffect(() => {
    const { state } = view.current!;
    if (state.doc.toString() !== value) view.current!.dispatch({ changes: { from: 0, to: state.doc.length, insert: value }, userEvent: "outside" });
  }, [value]);
  useEffect(() => {
    const { state } = view.current!;
    const line = fault && fault.line >= 1 && fault.line <= state.doc.lines ? state.doc.line(fault.line) : null;
    view.current!.dispatch(setDiagnostics(state, line && fault ? [{ from: line.from, to: line.to, severity: "error", message: fault.message }] : []));
  }, [fault]);

  return (
    <div
      ref={place}
      className={styles.editor}
      data-wrong={fault ? true : undefined}
      onKeyDown={(event) => event.key === "Escape" && event.stopPropagation()} // it closes what is offered, and lets Tab leave; not the panel
    />
  );
}
