import Box from "@mui/material/Box";
import ListItemText from "@mui/material/ListItemText";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import Typography from "@mui/material/Typography";
import { useReactFlow } from "@xyflow/react";
import { type MouseEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EditorBench } from "./bench";
import { type Bench, commandOf, keysOf, type Offered, offeredFor } from "./commands";
import type { CanvasNode } from "./elements";
import { useLongPress } from "./longPress";
import { type Target, targetOf } from "./menu";
import { nodeAt } from "./overview/far";

interface ContextMenuProps {
  bench: EditorBench;
  isEditing: boolean;
  children: ReactNode;
}

interface Asked {
  target: Target;
  left: number;
  top: number;
}

/** Gives the canvas within a menu of what somebody points at: by the right button, a long touch, or keys. */
export function ContextMenu({ bench, isEditing, children }: ContextMenuProps) {
  const flow = useReactFlow<CanvasNode>();
  const press = useLongPress();
  const [asked, ask] = useState<Asked | null>(null);
  const open = (event: MouseEvent) => {
    if (event.defaultPrevented) return; // by React Flow, which moves the canvas by that button
    const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
    const target = targetOf(event.nativeEvent, bench.editor, nodeAt(flow.getNodes(), x, y));
    if (target === null) return;
    event.preventDefault();
    ask({ target, left: event.clientX, top: event.clientY });
  };
  const placed = ({ target, left, top }: Asked): Bench => {
    const { x, y } = flow.screenToFlowPosition({ x: left, y: top });
    return target === "canvas" ? bench.at([x, y]) : bench;
  };
  return (
    <Box sx={{ height: "100%" }} onContextMenu={open} {...press}>
      {children}
      {asked && <Lines {...asked} bench={placed(asked)} isEditing={isEditing} close={() => ask(null)} />}
    </Box>
  );
}

/** What comes after a step stands on the canvas where somebody points. */
const HERE: Partial<Record<Offered, "menu.add_action_here" | "menu.add_condition_here">> = { add_action: "menu.add_action_here", add_condition: "menu.add_condition_here" };

/** What can be done with it: the commands that say so. */
function Lines({ target, left, top, bench, isEditing, close }: Asked & { bench: Bench; isEditing: boolean; close: () => void }) {
  const { t } = useTranslation();
  const words = (name: Offered) => {
    const here = target === "canvas" && HERE[name];
    return here ? t(here) : t(`menu.${name}`);
  };
  const run = (name: Offered) => {
    close();
    void commandOf(name).run?.(bench);
  };
  return (
    <Menu
      open
      onClose={close}
      onContextMenu={(event) => {
        event.preventDefault();
        close();
      }}
      anchorReference="anchorPosition"
      anchorPosition={{ left, top }}
      slotProps={{ list: { "aria-label": t(`menu.of_${target}`), dense: true } }}
    >
      {offeredFor(target, bench, isEditing).map((name) => (
        <MenuItem key={name} onClick={() => run(name)} sx={{ gap: 3 }}>
          <ListItemText>{words(name)}</ListItemText>
          <Typography component="kbd" variant="body2" aria-hidden sx={{ color: "text.secondary", font: "inherit", display: { xs: "none", sm: "block" } }}>
            {keysOf(name)}
          </Typography>
        </MenuItem>
      ))}
    </Menu>
  );
}
