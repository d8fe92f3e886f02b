import AutoFixHigh from "@mui/icons-material/AutoFixHigh";
import { useReactFlow } from "@xyflow/react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { moveNodes } from "../scenario/operations";
import { tell } from "../workspace/toasts";
import { useEditor, useEditorStore } from "./editor";
import { boundsOf } from "./elements";
import { Tool } from "./Tool";

/** Tidies the graph up, in a worker: one step of undo. Nodes that come or go meanwhile are left where they are. */
export function TidyButton() {
  const { t } = useTranslation();
  const editor = useEditorStore();
  const flow = useReactFlow();
  const isEmpty = useEditor(({ scenario }) => scenario.nodes.length === 0);
  const tidying = useMutation({
    mutationFn: async () => (await import("./tidy")).tidied(editor.getState().scenario),
    onSuccess: (places) => {
      const { scenario, edit } = editor.getState();
      const there = Object.fromEntries(scenario.nodes.flatMap(({ id }) => (places[id] ? [[id, places[id]]] : [])));
      edit((now) => moveNodes(now, there));
      void flow.fitBounds(boundsOf(editor.getState().scenario), { padding: 0.1 });
    },
    onError: () => tell("error", t("canvas.not_tidied")),
  });
  return (
    <Tool id="tidy" name={t("canvas.tidy")} isOff={isEmpty || tidying.isPending} run={() => tidying.mutate()}>
      <AutoFixHigh />
    </Tool>
  );
}
