import Forum from "@mui/icons-material/Forum";
import SwapHoriz from "@mui/icons-material/SwapHoriz";
import Tune from "@mui/icons-material/Tune";
import Button from "@mui/material/Button";
import useMediaQuery from "@mui/material/useMediaQuery";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useIsTrying } from "../trying/current";
import { TryDrawer } from "../trying/TryDrawer";
import { useEditor } from "./editor";
import { NodePanel } from "./NodePanel";

interface BesideProps {
  /** The step whose panel is open; null: none is. */
  opened: string | null;
  isEditing: boolean;
  /** Whether the chat is before the panel, where there is no room for both. */
  isChatFirst: boolean;
  setChatFirst: (isFirst: boolean) => void;
  /** Close the panel. */
  close: () => void;
  go: (id: string) => void;
}

/** What stands beside the canvas: the panel of a step, and the chat with the draft. Without room for both, the one behind is a press away. */
export function Beside({ opened, isEditing, isChatFirst, setChatFirst, close, go }: BesideProps) {
  const { t } = useTranslation();
  const hasRoom = useMediaQuery("(min-width: 1600px)");
  const isTrying = useIsTrying();
  const name = useEditor(({ scenario }) => scenario.nodes.find(({ id }) => id === opened)?.label || opened);
  const isTight = isTrying && opened !== null && !hasRoom;
  const swap = (toChat: boolean) => {
    setChatFirst(toChat);
    requestAnimationFrame(() => document.querySelector<HTMLElement>("[data-sheet]:not([hidden]) [data-swap]")?.focus());
  };
  return (
    <>
      {opened !== null && (
        <NodePanel
          key={opened}
          id={opened}
          isEditing={isEditing}
          close={close}
          isBehind={isTight && isChatFirst}
          head={isTight && <Swap icon={<Forum />} label={t("beside.to_chat")} run={() => swap(true)} />}
        />
      )}
      <TryDrawer
        isEditing={isEditing}
        isBehind={isTight && !isChatFirst}
        bring={() => setChatFirst(true)}
        head={isTight && <Swap icon={<Tune />} label={t("beside.to_step", { name })} run={() => swap(false)} />}
        go={go}
      />
    </>
  );
}

/** Leads to what is behind. */
function Swap({ icon, label, run }: { icon: ReactNode; label: string; run: () => void }) {
  return (
    <Button data-swap size="small" color="inherit" startIcon={icon} endIcon={<SwapHoriz />} onClick={run} sx={{ flex: "none", px: 2, py: 0.75, borderRadius: 0, borderBottom: 1, borderColor: "divider", bgcolor: "action.hover", justifyContent: "flex-start", "& .MuiButton-endIcon": { ml: "auto" }, minWidth: 0 }}>
      <span style={{ overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }}>{label}</span>
    </Button>
  );
}
