import RestorePage from "@mui/icons-material/RestorePageOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import Typography from "@mui/material/Typography";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useMe } from "../workspace/session";
import { useTime } from "../workspace/times";
import { useEditorStore } from "./editor";
import { forgetWork, type Left, leftBy } from "./kept";
import { PAGE, useOpenPages } from "./pages";
import { CROWDED } from "./room";
import type { Saver } from "./saving";

/** The way to what pages that were closed had not saved (ED-5). It is offered at once where somebody comes back. */
export function LeftWork({ saver, id }: { saver: Saver; id: string }) {
  const { t } = useTranslation();
  const time = useTime();
  const editor = useEditorStore();
  const [newest, drop] = useLeft(id);
  const [isOffered, setOffered] = useState(true);
  const isContested = useStore(saver.store, ({ state }) => state === "conflict"); // one question at a time
  if (!newest) return null;
  const { scenario, at } = newest.unsaved;
  const later = () => setOffered(false);
  const take = () => {
    drop(); // first: there may not be room for both
    editor.getState().edit(() => scenario);
  };
  return (
    <>
      <Button size="small" variant="outlined" color="warning" aria-label={t("saving.left")} title={t("saving.left")} onClick={() => setOffered(true)} sx={{ flex: "none", minWidth: 0 }}>
        <RestorePage fontSize="small" />
        <Box component="span" sx={{ ml: 1, [CROWDED]: { display: "none" } }}>
          {t("saving.left")}
        </Box>
      </Button>
      <Dialog open={isOffered && !isContested} onClose={later} aria-labelledby="left-title">
        <DialogTitle id="left-title">{t("saving.left_title")}</DialogTitle>
        <DialogContent>
          <Typography>{t("saving.left_text", { time: time(new Date(at).toISOString()) })}</Typography>
        </DialogContent>
        <DialogActions sx={{ flexWrap: "wrap", "& > *": { whiteSpace: "nowrap" } }}>
          <Button onClick={later}>{t("saving.later")}</Button>
          <Button color="error" onClick={drop}>
            {t("saving.left_discard")}
          </Button>
          <Button variant="contained" onClick={take}>
            {t("saving.left_take")}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}

/** The newest work that a closed page has left, and how to drop it. */
function useLeft(id: string): [Left | undefined, () => void] {
  const { id: user } = useMe();
  const editor = useEditorStore();
  const open = useOpenPages((pages) => pages.open);
  const [left, setLeft] = useState<readonly Left[]>([]);
  useEffect(() => {
    if (!open) return;
    const here = JSON.stringify(editor.getState().scenario);
    const isSame = ({ unsaved }: Left) => JSON.stringify(unsaved.scenario) === here;
    const found = leftBy({ user, id }, (page) => page === PAGE || open.has(page));
    // it came to the server, and the page closed before it heard of that
    for (const { work } of found.filter(isSame)) forgetWork(work);
    setLeft(found.filter((one) => !isSame(one)));
  }, [open, user, id, editor]);
  const [newest] = left;
  const drop = () => {
    if (newest) forgetWork(newest.work);
    setLeft(left.slice(1));
  };
  return [newest, drop];
}
