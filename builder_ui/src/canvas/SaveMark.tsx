import Box from "@mui/material/Box";
import Chip from "@mui/material/Chip";
import Tooltip from "@mui/material/Tooltip";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { ConflictDialog } from "./ConflictDialog";
import { CROWDED } from "./room";
import { isStuck, type Saver, type SaveState, type Saving } from "./saving";

const COLOURS: Record<SaveState, "default" | "success" | "warning" | "error"> = {
  saved: "success",
  waiting: "default",
  saving: "default",
  offline: "warning",
  conflict: "error",
  refused: "error",
};

/** Whether closing the page would lose the work. */
const isHereAlone = ({ state, isKept }: Pick<Saving, "state" | "isKept">) => state === "offline" && !isKept;

/** Where the work is, in words. */
export function useSavingWords(saver: Saver): string {
  const { t } = useTranslation();
  const { state, reason, isKept } = useStore(saver.store);
  if (state === "refused") return t("saving.refused", { reason });
  return isHereAlone({ state, isKept }) ? t("saving.offline_here") : t(`saving.${state}`);
}

/** What keeps the work from being saved, in words. Null: nothing does. */
export function useHindrance(saver: Saver): string | null {
  const words = useSavingWords(saver);
  return useStore(saver.store, ({ state }) => isStuck(state)) ? words : null;
}

/** Whether the work is safe (ED-5); where somebody else has changed it, what to do about it. */
export function SaveMark({ saver, id }: { saver: Saver; id: string }) {
  const { t } = useTranslation();
  const saving = useStore(saver.store);
  const { state } = saving;
  const words = useSavingWords(saver);
  const [isLater, setLater] = useState(false);
  useEffect(() => {
    if (state !== "conflict") setLater(false); // the next one is another question
  }, [state]);
  return (
    <>
      <Box role="status" sx={{ display: "flex", minWidth: 0 }}>
        <Tooltip title={isStuck(state) ? words : ""} describeChild enterTouchDelay={0}>
          <Chip
            size="small"
            variant="outlined"
            sx={{ minWidth: 0 }}
            color={isHereAlone(saving) ? "error" : COLOURS[state]}
            label={isStuck(state) ? <Shortened words={words} short={t(`saving.short_${isHereAlone(saving) ? "offline_here" : (state as "offline")}`)} /> : words}
            {...(state === "conflict" && { onClick: () => setLater(false) })}
          />
        </Tooltip>
      </Box>
      {state === "conflict" && !isLater && <ConflictDialog saver={saver} id={id} later={() => setLater(true)} />}
    </>
  );
}

/** A sentence, of which a word or two are seen where there is little room; pointing at them shows it. */
function Shortened({ words, short }: { words: string; short: string }) {
  return (
    <>
      <Box component="span" sx={{ [CROWDED]: UNSEEN }}>
        {words}
      </Box>
      <Box component="span" aria-hidden="true" sx={{ display: "none", [CROWDED]: { display: "inline" } }}>
        {short}
      </Box>
    </>
  );
}

const UNSEEN = { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" };
