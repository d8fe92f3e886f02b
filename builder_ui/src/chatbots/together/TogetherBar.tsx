import Close from "@mui/icons-material/Close";
import DeleteOutline from "@mui/icons-material/DeleteOutlined";
import Download from "@mui/icons-material/Download";
import Publish from "@mui/icons-material/Publish";
import ToggleOn from "@mui/icons-material/ToggleOnOutlined";
import Button from "@mui/material/Button";
import IconButton from "@mui/material/IconButton";
import Paper from "@mui/material/Paper";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { useMay } from "../../workspace/session";
import { type Chatbot, fileAddressOfAll } from "../chatbots";
import type { Together } from "./TogetherDialogs";

interface TogetherBarProps {
  chosen: readonly Chatbot[];
  /** Whether these are all there are. */
  isAll: boolean;
  act: (what: Together) => void;
  /** Choose none any more. */
  clear: () => void;
}

/** Of the bar and of what stands in its place, so that the table stays as it is when the first one is chosen. */
const HEIGHT = 48;

/** What can be done with all chosen chatbots at once. It stands below the table, in view, while any is chosen. */
export function TogetherBar({ chosen, isAll, act, clear }: TogetherBarProps) {
  const { t } = useTranslation();
  const mayEdit = useMay("chatbots.edit");
  const mayPublish = useMay("chatbots.publish");
  if (!chosen.length) return <Hint />;
  const count = chosen.length;
  return (
    <Paper
      elevation={4}
      role="toolbar"
      aria-label={t("together.chosen", { count })}
      sx={{ position: "sticky", bottom: 16, zIndex: 2, alignSelf: "center", minHeight: HEIGHT, display: "flex", flexWrap: "wrap", justifyContent: "center", alignItems: "center", gap: 0.5, px: 1.5, py: 0.5 }}
    >
      <Typography role="status" sx={{ fontWeight: 600, px: 1 }}>
        {t("together.chosen", { count })}
      </Typography>
      {mayPublish && (
        <>
          <Button startIcon={<Publish />} onClick={() => act("publish")}>
            {t("together.publish")}
          </Button>
          <Button startIcon={<ToggleOn />} onClick={() => act("senders")}>
            {t("chatbots.enable")}
          </Button>
        </>
      )}
      <Button component="a" href={fileAddressOfAll(isAll ? [] : chosen.map(({ id }) => id))} download startIcon={<Download />}>
        {t("chatbots.export")}
      </Button>
      {mayEdit && (
        <Button color="error" startIcon={<DeleteOutline />} onClick={() => act("delete")}>
          {t("chatbots.delete")}
        </Button>
      )}
      <IconButton aria-label={t("together.clear")} onClick={clear}>
        <Close />
      </IconButton>
    </Paper>
  );
}

function Hint() {
  const { t } = useTranslation();
  return (
    <Typography variant="body2" sx={{ minHeight: HEIGHT, display: { xs: "none", md: "flex" }, alignItems: "center", alignSelf: "center", color: "text.secondary" }}>
      {t("together.hint")}
    </Typography>
  );
}
