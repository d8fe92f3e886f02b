import Box from "@mui/material/Box";
import { useReactFlow } from "@xyflow/react";
import { useState } from "react";
import type { At } from "../scenario/model";
import { useIsDark } from "../settings/theme";
import { TryDrawer } from "../trying/TryDrawer";
import { TryOut } from "../trying/TryOut";
import { useMay } from "../workspace/session";
import { Canvas } from "./Canvas";
import { useEditorStore } from "./editor";
import { boundsOf } from "./elements";
import { EditorToolbar } from "./EditorToolbar";
import { Finder } from "./Finder";
import { GrowProvider } from "./growing";
import { grow, growAfter } from "./growth";
import { NodePanel } from "./NodePanel";
import type { Kind } from "./palette";
import type { Saver } from "./saving";
import { ShortcutHelp } from "./ShortcutHelp";
import { useReveal } from "./reveal";
import { useShortcuts } from "./shortcuts";

/** Toolbar, canvas and panel around one editor. */
export function Workbench({ saver, id }: { saver: Saver; id: string }) {
  const isDark = useIsDark();
  const flow = useReactFlow();
  const editor = useEditorStore();
  const mayEdit = useMay("chatbots.edit");
  const [isEditing, setEditing] = useState(mayEdit);
  const [opened, open] = useState<string | null>(null);
  const put = (grown: { scenario: ReturnType<typeof editor.getState>["scenario"]; id: string }) => {
    editor.getState().edit(() => grown.scenario);
    editor.getState().choose([grown.id]);
    open(grown.id);
  };
  const add = (kind: Kind, at: At) => put(grow(editor.getState().scenario, kind, at));
  const addAfter = (node: string, kind: Kind, handle?: string) => put(growAfter(editor.getState().scenario, node, kind, handle));
  const addAfterChosen = (kind: Kind) => {
    const last = editor.getState().chosen.at(-1);
    if (last) return addAfter(last, kind);
    const { x, y } = flow.screenToFlowPosition({ x: window.innerWidth / 2, y: window.innerHeight / 2 });
    add(kind, [x, y]);
  };
  const [dialog, setDialog] = useState<"find" | "help" | null>(null);
  const focus = (node: string) => document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(node)}"]`)?.focus();
  const show = (node: string) => {
    editor.getState().choose([node]);
    void flow.fitBounds(boundsOf(editor.getState().scenario, node), { padding: 1 }).then(() => focus(node));
  };
  const go = (node: string) => {
    show(node);
    open(node);
  };
  useShortcuts(isEditing, { open, show, find: () => setDialog("find"), help: () => setDialog("help") });
  useReveal(opened);
  const close = () => {
    focus(opened ?? "");
    open(null);
  };
  return (
    <TryOut id={id}>
      <EditorToolbar saver={saver} id={id} isEditing={isEditing} setEditing={mayEdit ? setEditing : null} add={addAfterChosen} go={go} ask={setDialog} />
      <Box sx={{ flex: 1, minHeight: 0, display: "flex", position: "relative" }}>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <GrowProvider value={isEditing ? addAfter : null}>
            <Canvas isEditing={isEditing} isDark={isDark} add={add} open={open} />
          </GrowProvider>
        </Box>
        {opened && <NodePanel key={opened} id={opened} isEditing={isEditing} close={close} />}
        <TryDrawer isCovered={opened !== null} uncover={() => open(null)} go={go} />
      </Box>
      {dialog === "find" && <Finder go={go} close={() => setDialog(null)} />}
      {dialog === "help" && <ShortcutHelp close={() => setDialog(null)} />}
    </TryOut>
  );
}
