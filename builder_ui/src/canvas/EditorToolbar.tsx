import Redo from "@mui/icons-material/Redo";
import Undo from "@mui/icons-material/Undo";
import Box from "@mui/material/Box";
import FormControlLabel from "@mui/material/FormControlLabel";
import IconButton from "@mui/material/IconButton";
import Stack from "@mui/material/Stack";
import Switch from "@mui/material/Switch";
import Tooltip from "@mui/material/Tooltip";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useUndo } from "./editor";
import { Palette } from "./Palette";
import type { Kind } from "./palette";
import { PublishButton } from "./PublishButton";
import { SaveMark } from "./SaveMark";
import type { Saver } from "./saving";

interface EditorToolbarProps {
  saver: Saver;
  id: string;
  isEditing: boolean;
  /** Null: they may not edit. */
  setEditing: ((editing: boolean) => void) | null;
  add: (kind: Kind) => void;
}

/** What can be done with the scenario as a whole. */
export function EditorToolbar({ saver, id, isEditing, setEditing, add }: EditorToolbarProps) {
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
        </>
      )}
      {setEditing && <FormControlLabel control={<Switch size="small" checked={isEditing} onChange={(_, on) => setEditing(on)} />} label={t("canvas.edit_mode")} />}
      <Box sx={{ flex: 1 }} />
      <SaveMark saver={saver} id={id} />
      <PublishButton saver={saver} id={id} />
    </Stack>
  );
}

function Tool({ name, isOff, run, children }: { name: string; isOff: boolean; run: () => void; children: ReactNode }) {
  return (
    <Tooltip title={name}>
      <span>
        <IconButton aria-label={name} disabled={isOff} onClick={run}>
          {children}
        </IconButton>
      </span>
    </Tooltip>
  );
}
