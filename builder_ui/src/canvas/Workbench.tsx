import Box from "@mui/material/Box";
import { useMemo, useState } from "react";
import { useIsDark } from "../settings/theme";
import { TryOut } from "../trying/TryOut";
import { useMay } from "../workspace/session";
import { type Dialog, useBench } from "./bench";
import { Beside } from "./Beside";
import { Canvas } from "./Canvas";
import { CommandPalette } from "./CommandPalette";
import { ContextMenu } from "./ContextMenu";
import { EditorToolbar } from "./EditorToolbar";
import { Finder } from "./Finder";
import { GrowProvider } from "./growing";
import { Outline } from "./outline/Outline";
import type { Saver } from "./saving";
import { ShortcutHelp } from "./ShortcutHelp";
import { useReveal } from "./reveal";
import { useShortcuts } from "./shortcuts";
import { WritingProvider } from "./writing";

/** Toolbar, canvas or outline, and panel around one editor. */
export function Workbench({ saver, id }: { saver: Saver; id: string }) {
  const isDark = useIsDark();
  const mayEdit = useMay("chatbots.edit");
  const [isEditing, setEditing] = useState(mayEdit);
  const [isOutline, setOutline] = useState(false);
  const [isBoxing, setBoxing] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const [isChatFirst, setChatFirst] = useState(false);
  const [written, write] = useState<string | null>(null);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const writing = useMemo(() => ({ written: isEditing ? written : null, write }), [isEditing, written]);
  const open = (id: string | null) => {
    setOpened(id);
    setChatFirst(false);
  };
  const bench = useBench({ id, isOutline, open, ask: setDialog, turn: () => setOutline((was) => !was), write });
  const { go, focus, addAt, addAfter } = bench;
  useShortcuts(isEditing, bench);
  useReveal(isOutline ? null : opened);
  const closeDialog = () => setDialog(null);
  const close = () => {
    open(null);
    requestAnimationFrame(() => focus(opened ?? ""));
  };
  return (
    <TryOut id={id}>
      <EditorToolbar saver={saver} id={id} bench={bench} isEditing={isEditing} setEditing={mayEdit ? setEditing : null} isOutline={isOutline} isBoxing={isBoxing} setBoxing={setBoxing} />
      <Box sx={{ flex: 1, minHeight: 0, display: "flex", position: "relative" }}>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <GrowProvider value={isEditing ? addAfter : null}>
            <WritingProvider value={writing}>
              {isOutline ? (
                <Outline isEditing={isEditing} open={go} grow={addAfter} />
              ) : (
                <ContextMenu bench={bench} isEditing={isEditing}>
                  <Canvas isEditing={isEditing} isDark={isDark} isBoxing={isBoxing} add={addAt} open={open} />
                </ContextMenu>
              )}
            </WritingProvider>
          </GrowProvider>
        </Box>
        <Beside opened={opened} isEditing={isEditing} isChatFirst={isChatFirst} setChatFirst={setChatFirst} close={close} go={go} />
      </Box>
      {dialog === "find" && <Finder go={go} close={closeDialog} />}
      {dialog === "palette" && <CommandPalette bench={bench} isEditing={isEditing} go={go} close={closeDialog} />}
      {dialog === "help" && <ShortcutHelp close={closeDialog} />}
    </TryOut>
  );
}
