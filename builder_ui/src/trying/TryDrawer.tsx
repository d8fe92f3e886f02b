import Close from "@mui/icons-material/Close";
import Box from "@mui/material/Box";
import IconButton from "@mui/material/IconButton";
import Stack from "@mui/material/Stack";
import Tab from "@mui/material/Tab";
import Tabs from "@mui/material/Tabs";
import useMediaQuery from "@mui/material/useMediaQuery";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useReveal } from "../canvas/reveal";
import { ChatPart } from "./ChatPart";
import { useMaybeTrial } from "./current";
import { TestsPart } from "./TestsPart";
import type { Tried } from "./transcript";
import type { Trial } from "./trial";

const PARTS = ["chat", "tests"] as const;
type Part = (typeof PARTS)[number];

interface TryDrawerProps {
  /** Whether the panel of a step stands in the same place. */
  isCovered: boolean;
  /** Close that panel. */
  uncover: () => void;
  /** Show a step, and open it. */
  go: (id: string) => void;
}

/** The chat with the draft, beside the canvas (ED-4). Where there is no room for both, the panel of a step covers it. */
export function TryDrawer(props: TryDrawerProps) {
  const trial = useMaybeTrial();
  return trial && <Open trial={trial} {...props} />;
}

function Open({ trial, isCovered, uncover, go }: TryDrawerProps & { trial: Trial }) {
  const { t } = useTranslation();
  const hasRoom = useMediaQuery("(min-width: 1600px)");
  const isOpen = useStore(trial.store, (state) => state.isOpen);
  const asked = useStore(trial.store, (state) => state.asked);
  const [part, setPart] = useState<Part>("chat");
  useEffect(() => {
    if (!isOpen) return;
    setPart("chat");
    if (!hasRoom) uncover();
    document.getElementById("composer")?.focus();
    // eslint-disable-next-line -- each time that somebody asks for the chat, and only then
  }, [asked]);
  useReveal(useStore(trial.store, ({ tried }) => (isOpen && tried ? placeOf(tried) : null)));
  if (!isOpen) return null;
  const close = () => {
    trial.close();
    document.getElementById("try")?.focus();
  };
  return (
    <Box
      component="aside"
      aria-label={t("trying.title")}
      onKeyDown={(event) => event.key === "Escape" && !(event.target as HTMLElement).closest("dialog") && close()}
      sx={{
        display: isCovered && !hasRoom ? "none" : "flex",
        flexDirection: "column",
        width: { xs: "100%", sm: 400 },
        position: { xs: "fixed", sm: "static" },
        inset: { xs: 0 },
        zIndex: { xs: "modal", sm: 4 },
        minHeight: 0,
        bgcolor: "background.paper",
        borderLeft: 1,
        borderColor: "divider",
      }}
    >
      <Stack direction="row" sx={{ alignItems: "center", pl: 2, pr: 1, py: 0.5, borderBottom: 1, borderColor: "divider" }}>
        <Tabs value={part} onChange={(_, chosen: Part) => setPart(chosen)} aria-label={t("trying.title")} sx={{ flex: 1 }}>
          {PARTS.map((one) => (
            <Tab key={one} id={`try-${one}`} value={one} label={t(`trying.part_${one}`)} />
          ))}
        </Tabs>
        <IconButton aria-label={t("trying.close")} onClick={close}>
          <Close />
        </IconButton>
      </Stack>
      <Box role="tabpanel" aria-labelledby={`try-${part}`} sx={{ flex: 1, minHeight: 0, display: "flex", flexDirection: "column" }}>
        {part === "chat" ? <ChatPart go={go} /> : <TestsPart toChat={() => setPart("chat")} />}
      </Box>
    </Box>
  );
}

/** The step where the chat has come to; one of another chatbot is not on this canvas. */
const placeOf = ({ turns }: Tried): string | null => turns.at(-1)?.thread?.node ?? null;
