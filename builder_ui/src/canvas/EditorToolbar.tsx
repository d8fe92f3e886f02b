import Keyboard from "@mui/icons-material/Keyboard";
import Redo from "@mui/icons-material/Redo";
import Search from "@mui/icons-material/Search";
import Undo from "@mui/icons-material/Undo";
import Box from "@mui/material/Box";
import FormControlLabel from "@mui/material/FormControlLabel";
import Stack from "@mui/material/Stack";
import Switch from "@mui/material/Switch";
import { useTranslation } from "react-i18next";
import { TryButton } from "../trying/TryButton";
import { useUndo } from "./editor";
import { Others } from "./Others";
import { Palette } from "./Palette";
import type { Kind } from "./palette";
import { ProblemsButton } from "./ProblemsButton";
import { PublishButton } from "./PublishButton";
import { SaveMark } from "./SaveMark";
import type { Saver } from "./saving";
import { TidyButton } from "./TidyButton";
import { Tool } from "./Tool";

interface EditorToolbarProps {
  saver: Saver;
  id: string;
  isEditing: boolean;
  /** Null: they may not edit. */
  setEditing: ((editing: boolean) => void) | null;
  add: (kind: Kind) => void;
  /** Show a node, and open it. */
  go: (id: string) => void;
  ask: (dialog: "find" | "help") => void;
}

/** What can be done with the scenario as a whole. */
export function EditorToolbar({ saver, id, isEditing, setEditing, add, go, ask }: EditorToolbarProps) {
  const { t } = useTranslation();
  const undo = useUndo((history) => history.undo);
  const redo = useUndo((history) => history.redo);
  const canUndo = useUndo((history) => history.pastStates.length > 0);
  const canRedo = useUndo((history) => history.futureStates.length > 0);
  return (
    <Stack direction="row" role="toolbar" aria-label={t("canvas.toolbar")} sx={{ gap: 1, p: 1, alignItems: "center", flexWrap: "wrap", borderBottom: 1, borderColor: "divider" }}>
      {isEditing && (
        <>
          <Palette add={add} />
          <Tool name={t("canvas.undo")} isOff={!canUndo} run={() => undo()}>
            <Undo />
          </Tool>
          <Tool name={t("canvas.redo")} isOff={!canRedo} run={() => redo()}>
            <Redo />
          </Tool>
          <TidyButton />
        </>
      )}
      {setEditing && <FormControlLabel control={<Switch size="small" checked={isEditing} onChange={(_, on) => setEditing(on)} />} label={t("canvas.edit_mode")} />}
      <Tool name={t("canvas.find")} isOff={false} run={() => ask("find")}>
        <Search />
      </Tool>
      <Tool name={t("shortcuts.title")} isOff={false} run={() => ask("help")}>
        <Keyboard />
      </Tool>
      <Box sx={{ flex: 1 }} />
      <ProblemsButton saver={saver} isEditing={isEditing} go={go} />
      {setEditing && <Others saver={saver} id={id} />}
      <SaveMark saver={saver} id={id} />
      <TryButton />
      <PublishButton saver={saver} id={id} />
    </Stack>
  );
}
