import Close from "@mui/icons-material/Close";
import Replay from "@mui/icons-material/Replay";
import IconButton from "@mui/material/IconButton";
import LinearProgress from "@mui/material/LinearProgress";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import ListItemText from "@mui/material/ListItemText";
import Paper from "@mui/material/Paper";
import Stack from "@mui/material/Stack";
import Tooltip from "@mui/material/Tooltip";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { useSentence } from "../workspace/ProblemAlert";
import { useSize } from "./size";
import type { Upload, Uploads } from "./uploads";

/** What the server says of the file itself stays as it is: too large, no known type, empty. */
const ABOUT_THE_FILE = [413, 415, 422];
const isWorthRetrying = ({ state, error }: Upload) => state === "failed" && !(error instanceof ApiError && ABOUT_THE_FILE.includes(error.status));

/** Files on their way, and those that did not come through. */
export function UploadList({ uploads }: { uploads: Uploads }) {
  const { t } = useTranslation();
  const list = uploads.use((state) => state.list);
  return (
    <Paper variant="outlined" hidden={list.length === 0} sx={{ flexShrink: 0, maxHeight: "16rem", overflowY: "auto" }}>
      <List aria-label={t("media.uploads")} aria-live="polite" dense>
        {list.map((upload) => (
          <UploadItem key={upload.id} upload={upload} uploads={uploads} />
        ))}
      </List>
    </Paper>
  );
}

function UploadItem({ upload, uploads }: { upload: Upload; uploads: Uploads }) {
  const { t } = useTranslation();
  const { id, file, state, share } = upload;
  const size = useSize();
  const isOver = state === "failed" || state === "refused";
  const stop = isOver ? t("media.dismiss", { name: file.name }) : t("media.stop", { name: file.name });
  return (
    <ListItem>
      <ListItemText
        primary={`${file.name} · ${size(file.size)}`}
        slotProps={{ primary: { sx: { overflowWrap: "anywhere" } }, secondary: { component: "div", color: isOver ? "error" : "textSecondary" } }}
        secondary={
          isOver ? <Reason upload={upload} /> : <LinearProgress variant="determinate" value={100 * share} aria-label={file.name} sx={{ mt: 1 }} />
        }
      />
      <Stack direction="row" sx={{ ml: 1 }}>
        {isWorthRetrying(upload) && (
          <RowButton name={t("media.retry", { name: file.name })} run={() => uploads.retry(id)}>
            <Replay />
          </RowButton>
        )}
        <RowButton name={stop} run={() => uploads.cancel(id)}>
          <Close />
        </RowButton>
      </Stack>
    </ListItem>
  );
}

function Reason({ upload: { reason, error } }: { upload: Upload }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  return reason ? t(reason) : sentence(error);
}

function RowButton({ name, run, children }: { name: string; run: () => void; children: ReactNode }) {
  return (
    <Tooltip title={name}>
      <IconButton aria-label={name} onClick={run}>
        {children}
      </IconButton>
    </Tooltip>
  );
}
