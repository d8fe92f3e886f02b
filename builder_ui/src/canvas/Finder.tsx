import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useEditor } from "./editor";
import { found } from "./found";
import { type Choice, PickDialog } from "./PickDialog";

interface FinderProps {
  /** What the step is for; left out: it is shown. */
  title?: string;
  go: (id: string) => void;
  close: () => void;
}

/** Finds a step by what it says or is called (ED-5). */
export function Finder({ title, go, close }: FinderProps) {
  const { t } = useTranslation();
  const nodes = useEditor(({ scenario }) => scenario.nodes);
  const fitting = useCallback(
    (text: string): Choice[] => found(nodes, text).map(({ id, label }) => ({ key: id, label: label || id, run: () => go(id) })),
    // eslint-disable-next-line -- `go` is another function each time, and does the same
    [nodes],
  );
  return <PickDialog title={title ?? t("canvas.find")} fitting={fitting} close={close} />;
}
