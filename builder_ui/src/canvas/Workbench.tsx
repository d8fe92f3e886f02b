import Box from "@mui/material/Box";
import { useReactFlow } from "@xyflow/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { At } from "../scenario/model";
import { useIsDark } from "../settings/theme";
import { useMay } from "../workspace/session";
import { Canvas } from "./Canvas";
import { useEditorStore } from "./editor";
import { EditorToolbar } from "./EditorToolbar";
import { grow, growAfter } from "./growth";
import { NodePanel } from "./NodePanel";
import type { Kind } from "./palette";
import type { Saver } from "./saving";
import { useShortcuts } from "./shortcuts";

/** Toolbar, canvas and panel around one editor. */
export function Workbench({ saver, id }: { saver: Saver; id: string }) {
  const { t } = useTranslation();
  const isDark = useIsDark();
  const flow = useReactFlow();
  const editor = useEditorStore();
  const mayEdit = useMay("chatbots.edit");
  const [isEditing, setEditing] = useState(mayEdit);
  const [opened, open] = useState<string | null>(null);
  const words = { message: t("canvas.new_message"), branch: t("canvas.new_branch") };
  const show = (grown: { scenario: ReturnType<typeof editor.getState>["scenario"]; id: string }) => {
    editor.getState().edit(() => grown.scenario);
    editor.getState().choose([grown.id]);
    open(grown.id);
  };
  const add = (kind: Kind, at: At) => show(grow(editor.getState().scenario, kind, at, words));
  const addAfterChosen = (kind: Kind) => {
    const { scenario, chosen } = editor.getState();
    const last = chosen.at(-1);
    if (last) return show(growAfter(scenario, last, kind, words));
    const { x, y } = flow.screenToFlowPosition({ x: window.innerWidth / 2, y: window.innerHeight / 2 });
    add(kind, [x, y]);
  };
  useShortcuts(isEditing, open);
  const close = () => {
    document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(opened ?? "")}"]`)?.focus();
    open(null);
  };
  return (
    <>
      <EditorToolbar saver={saver} id={id} isEditing={isEditing} setEditing={mayEdit ? setEditing : null} add={addAfterChosen} />
      <Box sx={{ flex: 1, minHeight: 0, display: "flex" }}>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Canvas isEditing={isEditing} isDark={isDark} add={add} open={open} />
        </Box>
        {opened && <NodePanel key={opened} id={opened} isEditing={isEditing} close={close} />}
      </Box>
    </>
  );
}
