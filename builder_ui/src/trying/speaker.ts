import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useEditor } from "../canvas/editor";
import type { Speaker } from "./logWords";

/** The words of the page, with the steps of the draft by their names. */
export function useSpeaker(): Speaker {
  const { t, i18n } = useTranslation();
  const nodes = useEditor(({ scenario }) => scenario.nodes);
  return useMemo(() => {
    const labels = new Map(nodes.map(({ id, label }) => [id, label || id]));
    return { t, language: i18n.language, labelOf: (node) => labels.get(node) ?? node };
  }, [t, i18n.language, nodes]);
}
