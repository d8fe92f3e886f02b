import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ActionBar } from "../checkedForm/ActionBar";
import { move } from "../router";
import { pathTo } from "../workspace/sections";
import type { ContentTemplate } from "./contentTemplates";
import { DeleteDialog } from "./DeleteDialog";

interface SaveBarProps {
  stored?: ContentTemplate;
  isChanged: boolean;
  /** How many mistakes were told the last time. */
  problems: number;
  saving: { mutate: () => void; isPending: boolean };
}

/** What can be done with the template, always in sight. */
export function SaveBar({ stored, isChanged, problems, saving }: SaveBarProps) {
  const { t } = useTranslation();
  const [isDeleting, setDeleting] = useState(false);
  return (
    <ActionBar>
      <Button variant="contained" loading={saving.isPending} disabled={stored !== undefined && !isChanged} onClick={saving.mutate}>
        {t("work.save")}
      </Button>
      <Typography role="status" sx={{ flex: 1, color: problems > 0 ? "error.main" : "text.secondary", typography: "body2" }}>
        {problems > 0 && t("content_templates.problems", { count: problems })}
      </Typography>
      {stored && (
        <Button color="error" onClick={() => setDeleting(true)}>
          {t("content_templates.delete")}
        </Button>
      )}
      {isDeleting && stored && <DeleteDialog template={stored} deleted={() => move(pathTo("content-templates"))} close={() => setDeleting(false)} />}
    </ActionBar>
  );
}
