import BookmarkAdd from "@mui/icons-material/BookmarkAddOutlined";
import InputIcon from "@mui/icons-material/Input";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Content } from "../messages/values";
import { useMay } from "../workspace/session";
import { InsertDialog } from "./InsertDialog";
import { KeepDialog } from "./KeepDialog";

interface TemplateToolsProps {
  channel: string;
  content: Content;
  change: (content: Content) => void;
}

/** Takes a message from the content templates, or keeps it as one. */
export function TemplateTools({ channel, content, change }: TemplateToolsProps) {
  const { t } = useTranslation();
  const mayView = useMay("templates.view");
  const mayEdit = useMay("templates.edit");
  const [open, setOpen] = useState<"insert" | "keep" | null>(null);
  const close = () => setOpen(null);
  if (!mayView) return null;
  return (
    <Stack direction="row" sx={{ gap: 1, flexWrap: "wrap" }}>
      <Button size="small" startIcon={<InputIcon />} onClick={() => setOpen("insert")}>
        {t("content_templates.insert")}
      </Button>
      {mayEdit && (
        <Button size="small" startIcon={<BookmarkAdd />} onClick={() => setOpen("keep")}>
          {t("content_templates.keep")}
        </Button>
      )}
      {open === "insert" && (
        <InsertDialog
          channel={channel}
          choose={(next) => {
            change(next);
            close();
          }}
          close={close}
        />
      )}
      {open === "keep" && <KeepDialog channel={channel} content={content} close={close} />}
    </Stack>
  );
}
