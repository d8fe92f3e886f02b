import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import ListItemButton from "@mui/material/ListItemButton";
import ListItemText from "@mui/material/ListItemText";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { type Content, contentOf } from "../messages/values";
import { Listing } from "../workspace/Listing";
import { useContentTemplates } from "./contentTemplates";

interface InsertDialogProps {
  channel: string;
  choose: (content: Content) => void;
  close: () => void;
}

/** A content template of the channel, whose message takes the place of the one that is there. */
export function InsertDialog({ channel, choose, close }: InsertDialogProps) {
  const { t } = useTranslation();
  const title = useId();
  const templates = useContentTemplates(channel);
  return (
    <Dialog open onClose={close} aria-labelledby={title}>
      <DialogTitle id={title}>{t("content_templates.insert")}</DialogTitle>
      <DialogContent>
        <Listing found={templates} empty={{ title: t("content_templates.none_here"), text: t("content_templates.none_here_text") }}>
          {(rows) => (
            <List>
              {rows.map(({ id, name, content, params }) => (
                <ListItem key={id} disablePadding>
                  <ListItemButton onClick={() => choose(contentOf(content))}>
                    <ListItemText primary={name} secondary={[t(`messages.types.${String(content.type) as "text"}`), ...params.map((param) => `{{${param}}}`)].join(" · ")} />
                  </ListItemButton>
                </ListItem>
              ))}
            </List>
          )}
        </Listing>
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{t("work.cancel")}</Button>
      </DialogActions>
    </Dialog>
  );
}
