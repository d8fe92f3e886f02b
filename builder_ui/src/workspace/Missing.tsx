import Button from "@mui/material/Button";
import { useTranslation } from "react-i18next";
import { useDocumentTitle } from "../shell/Page";
import { LinkTo } from "./LinkTo";
import { EmptyState } from "./EmptyState";

/** An address that leads nowhere, or to what somebody may not see. */
export function Missing({ permission }: { permission?: string | undefined }) {
  const { t } = useTranslation();
  const title = permission ? t("work.forbidden") : t("page.not_found");
  useDocumentTitle(title);
  return (
    <EmptyState title={title} text={permission ? t("work.forbidden_next", { permission }) : t("work.missing_next")}>
      <Button variant="contained" component={LinkTo} href="/chatbots">
        {t("work.to_chatbots")}
      </Button>
    </EmptyState>
  );
}
