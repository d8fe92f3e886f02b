import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { deleteChatbot } from "../chatbots";
import { Failures } from "./Failures";
import { failuresOf } from "./oneByOne";
import type { TogetherProps } from "./TogetherDialogs";
import { useOneByOne } from "./useOneByOne";

/** Asks before several chatbots are deleted, and says which could not be. */
export function DeleteAllDialog({ chatbots, close }: TogetherProps) {
  const { t } = useTranslation();
  const { outcomes, isRunning, run } = useOneByOne();
  const isDone = outcomes !== null && !isRunning;
  const deleteAll = async () => {
    if (!failuresOf(await run(chatbots.map(({ id }) => id), deleteChatbot)).length) close();
  };
  return (
    <Dialog open onClose={isRunning ? undefined : close} role="alertdialog" aria-labelledby="delete-all-title">
      <DialogTitle id="delete-all-title">{t("together.delete_title", { count: chatbots.length })}</DialogTitle>
      <DialogContent>
        {isDone ? (
          <Failures chatbots={chatbots} outcomes={outcomes} done="together.deleted" />
        ) : (
          <>
            <Typography>{t("together.delete_text")}</Typography>
            <List dense>
              {chatbots.map(({ id, name }) => (
                <ListItem key={id} sx={{ overflowWrap: "anywhere" }}>
                  {name}
                </ListItem>
              ))}
            </List>
          </>
        )}
      </DialogContent>
      <DialogActions>
        <Button disabled={isRunning} onClick={close}>
          {isDone ? t("work.close") : t("work.cancel")}
        </Button>
        {!isDone && (
          <Button color="error" variant="contained" loading={isRunning} onClick={() => void deleteAll()}>
            {t("chatbots.delete")}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
