import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ActionBar } from "./ActionBar";
import type { FormDoing } from "./useSaving";

interface SaveBarProps {
  /** Whether there is anything to save. */
  isChanged: boolean;
  /** What is not right yet; empty: nothing is told. */
  told: string;
  saving: FormDoing;
  /** Asks before it is deleted; left out for what is not kept yet. */
  deleting?: (close: () => void) => ReactNode;
}

/** Save and delete, always in sight. */
export function SaveBar({ isChanged, told, saving, deleting }: SaveBarProps) {
  const { t } = useTranslation();
  const [isDeleting, setDeleting] = useState(false);
  return (
    <ActionBar>
      <Button variant="contained" loading={saving.isPending} disabled={!isChanged} onClick={saving.mutate}>
        {t("work.save")}
      </Button>
      <Typography role="status" sx={{ flex: 1, color: "error.main", typography: "body2" }}>
        {told}
      </Typography>
      {deleting && (
        <Button color="error" onClick={() => setDeleting(true)}>
          {t("work.delete")}
        </Button>
      )}
      {isDeleting && deleting?.(() => setDeleting(false))}
    </ActionBar>
  );
}
