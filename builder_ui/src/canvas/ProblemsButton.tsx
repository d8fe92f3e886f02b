import ErrorIcon from "@mui/icons-material/Error";
import WarningIcon from "@mui/icons-material/Warning";
import CheckIcon from "@mui/icons-material/CheckCircle";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import ListItemButton from "@mui/material/ListItemButton";
import ListItemIcon from "@mui/material/ListItemIcon";
import ListItemText from "@mui/material/ListItemText";
import Popover from "@mui/material/Popover";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import type { Schemas } from "../api/client";
import { FixButton } from "../problems/FixButton";
import { placeOf, useBranchName } from "../problems/place";
import { ProblemText } from "../problems/ProblemText";
import { useEditor } from "./editor";
import { CROWDED } from "./room";
import type { Saver } from "./saving";

const ICONS = { error: ErrorIcon, warning: WarningIcon, success: CheckIcon };

type Problem = Schemas["ProblemView"];

interface ProblemsButtonProps {
  saver: Saver;
  isEditing: boolean;
  /** Show a node, and open it. */
  go: (id: string) => void;
}

/** How much is wrong with the draft as it was saved last, by the runtime's own rules; a list that jumps there (ED-3). */
export function ProblemsButton({ saver, isEditing, go }: ProblemsButtonProps) {
  const { t } = useTranslation();
  const problems = useStore(saver.store, (saving) => saving.problems);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const color = errors ? "error" : problems.length ? "warning" : "success";
  const Icon = ICONS[color];
  const words = t("canvas.problems", { count: problems.length });
  const jump = (node: string) => {
    setAnchor(null);
    go(node);
  };
  return (
    <>
      <Button size="small" color={color} aria-label={words} title={words} startIcon={<Icon />} disabled={!problems.length} onClick={(event) => setAnchor(event.currentTarget)} sx={{ minWidth: 0 }}>
        <Box component="span" sx={{ [CROWDED]: { display: "none" } }}>
          {words}
        </Box>
        <Box component="span" sx={{ display: "none", [CROWDED]: { display: "inline" } }}>
          {problems.length || ""}
        </Box>
      </Button>
      <Popover open={anchor !== null && problems.length > 0} anchorEl={anchor} onClose={() => setAnchor(null)} slotProps={{ paper: { role: "dialog", "aria-label": t("problems.list") } }} anchorOrigin={{ vertical: "bottom", horizontal: "right" }} transformOrigin={{ vertical: "top", horizontal: "right" }}>
        <List dense aria-label={t("problems.list")} sx={{ maxWidth: 480, maxHeight: "60vh", overflow: "auto" }}>
          {problems.map((problem, index) => (
            <One key={index} problem={problem} isEditing={isEditing} jump={jump} />
          ))}
        </List>
      </Popover>
    </>
  );
}

interface OneProps {
  problem: Problem;
  isEditing: boolean;
  jump: (node: string) => void;
}

function One({ problem, isEditing, jump }: OneProps) {
  const { t } = useTranslation();
  const { node, severity } = problem;
  const branchName = useBranchName();
  const place = useEditor(({ scenario }) => placeOf(scenario, problem, branchName));
  const body = (
    <>
      <ListItemIcon sx={{ minWidth: 36 }}>
        {severity === "error" ? <ErrorIcon color="error" titleAccess={t("canvas.error")} /> : <WarningIcon color="warning" titleAccess={t("canvas.warning")} />}
      </ListItemIcon>
      <ListItemText>
        {place && <strong>{place}: </strong>}
        <ProblemText problem={problem} />
      </ListItemText>
    </>
  );
  return (
    <ListItem disablePadding sx={{ flexDirection: "column", alignItems: "stretch" }}>
      {node ? <ListItemButton onClick={() => jump(node)}>{body}</ListItemButton> : <ListItem component="div">{body}</ListItem>}
      {isEditing && <FixButton problem={problem} sx={{ alignSelf: "flex-start", ml: 6 }} />}
    </ListItem>
  );
}
