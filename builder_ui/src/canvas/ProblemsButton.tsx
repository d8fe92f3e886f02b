import ErrorIcon from "@mui/icons-material/Error";
import WarningIcon from "@mui/icons-material/Warning";
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
import { useEditor } from "./editor";
import type { Saver } from "./saving";

type Problem = Schemas["ProblemView"];

interface ProblemsButtonProps {
  saver: Saver;
  /** Show a node, and open it. */
  go: (id: string) => void;
}

/** How much is wrong with the draft as it was saved last, by the runtime's own rules; a list that jumps there (ED-3). */
export function ProblemsButton({ saver, go }: ProblemsButtonProps) {
  const { t } = useTranslation();
  const problems = useStore(saver.store, (saving) => saving.problems);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const color = errors ? "error" : problems.length ? "warning" : "success";
  const jump = (node: string) => {
    setAnchor(null);
    go(node);
  };
  return (
    <>
      <Button size="small" color={color} disabled={!problems.length} onClick={(event) => setAnchor(event.currentTarget)}>
        {t("canvas.problems", { count: problems.length })}
      </Button>
      <Popover open={anchor !== null && problems.length > 0} anchorEl={anchor} onClose={() => setAnchor(null)} anchorOrigin={{ vertical: "bottom", horizontal: "right" }} transformOrigin={{ vertical: "top", horizontal: "right" }}>
        <List dense aria-label={t("problems.list")} sx={{ maxWidth: 480, maxHeight: "60vh", overflow: "auto" }}>
          {problems.map((problem, index) => (
            <One key={index} problem={problem} jump={jump} />
          ))}
        </List>
      </Popover>
    </>
  );
}

function One({ problem, jump }: { problem: Problem; jump: (node: string) => void }) {
  const { t } = useTranslation();
  const { node, message, severity } = problem;
  const name = useEditor(({ scenario }) => scenario.nodes.find(({ id }) => id === node)?.label) || node;
  const body = (
    <>
      <ListItemIcon sx={{ minWidth: 36 }}>
        {severity === "error" ? <ErrorIcon color="error" titleAccess={t("canvas.error")} /> : <WarningIcon color="warning" titleAccess={t("canvas.warning")} />}
      </ListItemIcon>
      <ListItemText primary={name ? `${name}: ${message}` : message} />
    </>
  );
  return <ListItem disablePadding>{node ? <ListItemButton onClick={() => jump(node)}>{body}</ListItemButton> : <ListItem>{body}</ListItem>}</ListItem>;
}
