import Button from "@mui/material/Button";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../workspace/EmptyState";

/** There are files, but none like that. */
export function NothingFits({ clear }: { clear: () => void }) {
  const { t } = useTranslation();
  return (
    <EmptyState title={t("media.nothing_fits")} text={t("media.nothing_fits_text")}>
      <Button onClick={clear}>{t("media.show_all")}</Button>
    </EmptyState>
  );
}
