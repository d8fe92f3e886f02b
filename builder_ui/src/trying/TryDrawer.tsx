import Close from "@mui/icons-material/Close";
import Box from "@mui/material/Box";
import IconButton from "@mui/material/IconButton";
import Stack from "@mui/material/Stack";
import Tab from "@mui/material/Tab";
import Tabs from "@mui/material/Tabs";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useReveal } from "../canvas/reveal";
import { Sheet } from "../canvas/Sheet";
import { ChatPart } from "./ChatPart";
import { useMaybeTrial } from "./current";
import { TestsPart } from "./TestsPart";
import type { Tried } from "./transcript";
import type { Trial } from "./trial";

const PARTS = ["chat", "tests"] as const;
type Part = (typeof PARTS)[number];

interface TryDrawerProps {
  /** Whether chats may be kept as tests, and tests be deleted. */
  isEditing: boolean;
  /** Whether the panel of a step is before it. */
  isBehind: boolean;
  /** Come before that panel. */
  bring: () => void;
  /** The way to that panel. */
  head: ReactNode;
  /** Show a step, and open it. */
  go: (id: string) => void;
}

/** The chat with the draft, beside the canvas (ED-4). */
export function TryDrawer(props: TryDrawerProps) {
  const trial = useMaybeTrial();
  return trial && <Open trial={trial} {...props} />;
}

function Open({ trial, isEditing, isBehind, bring, head, go }: TryDrawerProps & { trial: Trial }) {
  const { t } = useTranslation();
  const isOpen = useStore(trial.store, (state) => state.isOpen);
  const asked = useStore(trial.store, (state) => state.asked);
  const [part, setPart] = useState<Part>("chat");
  const sheet = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    setPart("chat");
    bring();
    // once it is no longer behind anything; a keyboard on the screen would cover what the chatbot says
    const isTyped = matchMedia("(pointer: fine)").matches;
    const frame = requestAnimationFrame(() => (isTyped ? document.getElementById("composer") : sheet.current)?.focus());
    return () => cancelAnimationFrame(frame);
    // eslint-disable-next-line -- each time that somebody asks for the chat, and only then
  }, [asked]);
  useReveal(useStore(trial.store, ({ tried }) => (isOpen && tried ? nodeReached(tried) : null)));
  if (!isOpen) return null;
  const close = () => {
    trial.close();
    document.getElementById("try")?.focus();
  };
  return (
    <Sheet ref={sheet} label={t("trying.title")} close={close} width={400} isBehind={isBehind} head={head} isFilled>
      <Stack direction="row" sx={{ alignItems: "center", pl: 2, pr: 1, py: { xs: 0, sm: 0.5 }, borderBottom: 1, borderColor: "divider" }}>
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
        {part === "chat" ? <ChatPart isEditing={isEditing} go={go} /> : <TestsPart isEditing={isEditing} toChat={() => setPart("chat")} />}
      </Box>
    </Sheet>
  );
}

/** The step where the chat has come to; one of another chatbot is not on this canvas. */
const nodeReached = ({ turns }: Tried): string | null => turns.at(-1)?.thread?.node ?? null;
