import AccountTree from "@mui/icons-material/AccountTree";
import HighlightAlt from "@mui/icons-material/HighlightAlt";
import ListAlt from "@mui/icons-material/ListAlt";
import Redo from "@mui/icons-material/Redo";
import Search from "@mui/icons-material/Search";
import StickyNote from "@mui/icons-material/StickyNote2Outlined";
import Terminal from "@mui/icons-material/Terminal";
import Undo from "@mui/icons-material/Undo";
import Box from "@mui/material/Box";
import FormControlLabel from "@mui/material/FormControlLabel";
import Stack from "@mui/material/Stack";
import Switch from "@mui/material/Switch";
import { useTranslation } from "react-i18next";
import { TryButton } from "../trying/TryButton";
import type { Bench } from "./commands";
import { useUndo } from "./editor";
import { LeftWork } from "./LeftWork";
import { Others } from "./Others";
import { Palette } from "./Palette";
import { ProblemsButton } from "./ProblemsButton";
import { PublishButton } from "./PublishButton";
import { PublishedMark } from "./PublishedMark";
import { ROOM } from "./room";
import { SaveMark } from "./SaveMark";
import type { Saver } from "./saving";
import { TidyButton } from "./TidyButton";
import { Tool } from "./Tool";

interface EditorToolbarProps {
  saver: Saver;
  id: string;
  bench: Bench;
  goToProblem: (node: string) => void;
  isEditing: boolean;
  /** Null: they may not edit. */
  setEditing: ((editing: boolean) => void) | null;
  isOutline: boolean;
  isBoxing: boolean;
  setBoxing: (boxing: boolean) => void;
}

/** What can be done with the scenario as a whole. On a phone the tools are one line that is scrolled, and how things are stands below. */
export function EditorToolbar(props: EditorToolbarProps) {
  const { t } = useTranslation();
  const { saver, id, goToProblem, isEditing, setEditing } = props;
  return (
    <Stack direction="row" role="toolbar" aria-label={t("canvas.toolbar")} sx={BAR}>
      <Stack direction="row" sx={TOOLS}>
        {isEditing && <ChangeTools {...props} />}
        <LookTools {...props} />
        {setEditing && <Others saver={saver} id={id} />}
      </Stack>
      <Box sx={STATE}>
        <ProblemsButton saver={saver} isEditing={isEditing} go={goToProblem} />
        {isEditing && <LeftWork saver={saver} id={id} />}
        <SaveMark saver={saver} id={id} />
        <PublishedMark saver={saver} id={id} />
      </Box>
      <Stack direction="row" sx={ENDS}>
        <TryButton />
        <PublishButton saver={saver} id={id} isEditing={isEditing} go={goToProblem} />
      </Stack>
    </Stack>
  );
}

const BAR = {
  containerType: "inline-size",
  containerName: ROOM,
  columnGap: 1,
  rowGap: { xs: 0, sm: 1 },
  p: { xs: 0.5, sm: 1 },
  alignItems: "center",
  flexWrap: "wrap",
  borderBottom: 1,
  borderColor: "divider",
};
/** On a phone one line that is scrolled. */
const TOOLS = {
  flex: { xs: "1 1 100%", sm: "0 1 auto" },
  gap: { xs: 0, sm: 0.25 },
  minWidth: 0,
  alignItems: "center",
  flexWrap: { xs: "nowrap", sm: "wrap" },
  overflowX: { xs: "auto", sm: "visible" },
  "& > *": { flex: "none" },
};
/** How things are. Its words come and go: they take the room that is left, so that nothing jumps. */
const STATE = { flex: { xs: "1 1 auto", sm: "1 1 14rem" }, gap: { xs: 0.5, sm: 1 }, minWidth: 0, display: "flex", alignItems: "center", justifyContent: { xs: "space-between", sm: "flex-end" }, "& > .MuiButton-root": { minHeight: 36, whiteSpace: "nowrap", px: 1, flex: "none" } };
/** Their words alone where there is little room. They stay at the right, on a line of their own too. */
const ENDS = {
  ml: "auto",
  gap: { xs: 0.5, sm: 1 },
  alignItems: "center",
  flex: "none",
  "& .MuiButton-root": { px: { xs: 1, sm: 1.5 }, minWidth: 0, minHeight: 36, whiteSpace: "nowrap" },
  "& .MuiButton-startIcon": { display: { xs: "none", xl: "inherit" } },
};

function ChangeTools({ bench, isOutline }: EditorToolbarProps) {
  const { t } = useTranslation();
  const undo = useUndo((history) => history.undo);
  const redo = useUndo((history) => history.redo);
  const canUndo = useUndo((history) => history.pastStates.length > 0);
  const canRedo = useUndo((history) => history.futureStates.length > 0);
  return (
    <>
      <Palette add={bench.add} />
      {!isOutline && (
        <Tool name={t("shortcuts.add_note")} isOff={false} run={bench.addNote}>
          <StickyNote />
        </Tool>
      )}
      <Tool name={t("canvas.undo")} isOff={!canUndo} run={() => undo()}>
        <Undo />
      </Tool>
      <Tool name={t("canvas.redo")} isOff={!canRedo} run={() => redo()}>
        <Redo />
      </Tool>
      {!isOutline && <TidyButton />}
    </>
  );
}

function LookTools({ bench, isEditing, setEditing, isOutline, isBoxing, setBoxing }: EditorToolbarProps) {
  const { t } = useTranslation();
  return (
    <>
      {!isOutline && (
        <Tool name={t("canvas.box")} isOff={false} isOn={isBoxing} run={() => setBoxing(!isBoxing)}>
          <HighlightAlt />
        </Tool>
      )}
      <Tool name={t(isOutline ? "outline.canvas" : "outline.show")} isOff={false} run={bench.turn}>
        {isOutline ? <AccountTree /> : <ListAlt />}
      </Tool>
      <Tool name={t("canvas.find")} isOff={false} run={() => bench.ask("find")}>
        <Search />
      </Tool>
      <Tool name={t("shortcuts.palette")} isOff={false} run={() => bench.ask("palette")}>
        <Terminal />
      </Tool>
      {setEditing && <FormControlLabel control={<Switch size="small" checked={isEditing} onChange={(_, on) => setEditing(on)} />} label={t("canvas.edit_mode")} slotProps={{ typography: { variant: "body2" } }} sx={{ ml: 0, mr: 1 }} />}
    </>
  );
}
