import Box from "@mui/material/Box";
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import { type Opened, toldOf } from "../problems/told";
import { useIsDark } from "../settings/theme";
import { TryOut } from "../trying/TryOut";
import { idsOf } from "../scenario/operations";
import { useMay } from "../workspace/session";
import { useAddressed } from "./addressed";
import { type Dialog, useBench } from "./bench";
import { Beside } from "./Beside";
import { Canvas } from "./Canvas";
import { CommandPalette } from "./CommandPalette";
import { ContextMenu } from "./ContextMenu";
import { useEditorStore } from "./editor";
import { EditorToolbar } from "./EditorToolbar";
import { Finder } from "./Finder";
import { GoProvider, GrowProvider } from "./growing";
import { Outline } from "./outline/Outline";
import { ProblemsProvider, worstByNode } from "./problems";
import type { Saver } from "./saving";
import { ShortcutHelp } from "./ShortcutHelp";
import { useReveal } from "./reveal";
import { useShortcuts } from "./shortcuts";
import { WritingProvider } from "./writing";

/** Toolbar, canvas or outline, and panel around one editor. */
export function Workbench({ saver, id, step }: { saver: Saver; id: string; step: string | undefined }) {
  const isDark = useIsDark();
  const mayEdit = useMay("chatbots.edit");
  const [isEditing, setEditing] = useState(mayEdit);
  const [isOutline, setOutline] = useState(false);
  const [isBoxing, setBoxing] = useState(false);
  const [openedStep, setOpened] = useState<Opened | null>(null);
  const opened = openedStep?.id ?? null;
  const { told, seen } = useTold(saver, openedStep);
  const [isChatFirst, setChatFirst] = useState(false);
  const [written, write] = useState<string | null>(null);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const writing = useMemo(() => ({ written: isEditing ? written : null, write }), [isEditing, written]);
  const open = (id: string | null) => {
    if (opened !== null) seen.add(opened);
    setOpened((was) => (id === null ? null : was?.id === id ? was : { id, found: seen.has(id) ? saver.store.getState().problems : [] }));
    setChatFirst(false);
  };
  const bench = useBench({ id, isOutline, open, ask: setDialog, turn: () => setOutline((was) => !was), write });
  const { go, focus, addAt, addAfter } = bench;
  const goToProblem = (node: string) => {
    seen.add(node);
    open(null);
    go(node);
  };
  const arrived = useAddressed(step, goToProblem);
  useShortcuts(isEditing, bench);
  useReveal(isOutline ? null : opened);
  const closeDialog = () => setDialog(null);
  const close = () => {
    open(null);
    requestAnimationFrame(() => focus(opened ?? ""));
  };
  return (
    <ProblemsProvider value={told}>
      <TryOut id={id}>
        <EditorToolbar saver={saver} id={id} bench={bench} goToProblem={goToProblem} isEditing={isEditing} setEditing={mayEdit ? setEditing : null} isOutline={isOutline} isBoxing={isBoxing} setBoxing={setBoxing} />
        <Box sx={{ flex: 1, minHeight: 0, display: "flex", position: "relative" }}>
          <Box sx={{ flex: 1, minWidth: 0 }}>
            <GrowProvider value={isEditing ? addAfter : null}>
              <WritingProvider value={writing}>
                {isOutline ? (
                  <Outline isEditing={isEditing} open={go} grow={addAfter} />
                ) : (
                  <ContextMenu bench={bench} isEditing={isEditing}>
                    <Canvas isEditing={isEditing} isDark={isDark} isBoxing={isBoxing} add={addAt} open={open} arrived={arrived} />
                  </ContextMenu>
                )}
              </WritingProvider>
            </GrowProvider>
          </Box>
          <GoProvider value={go}>
            <Beside opened={opened} isEditing={isEditing} isChatFirst={isChatFirst} setChatFirst={setChatFirst} close={close} go={goToProblem} />
          </GoProvider>
        </Box>
        {dialog === "find" && <Finder go={go} close={closeDialog} />}
        {dialog === "palette" && <CommandPalette bench={bench} isEditing={isEditing} go={go} close={closeDialog} />}
        {dialog === "help" && <ShortcutHelp close={closeDialog} />}
      </TryOut>
    </ProblemsProvider>
  );
}

/** What is told beside the work on a step, by the checks of the draft as it was saved last; and the steps that are not new. */
function useTold(saver: Saver, opened: Opened | null) {
  const editor = useEditorStore();
  const [seen] = useState(() => new Set(idsOf(editor.getState().scenario)));
  const problems = useStore(saver.store, (saving) => saving.problems);
  const problemsTold = useMemo(() => toldOf(problems, editor.getState().scenario, opened, seen), [problems, opened, seen, editor]);
  const told = useMemo(() => ({ problems: problemsTold, worst: worstByNode(problemsTold) }), [problemsTold]);
  return { told, seen };
}
