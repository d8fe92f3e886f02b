import Alert from "@mui/material/Alert";
import { useTranslation } from "react-i18next";
import type { TriedExpression } from "./trial";

/** Whether an expression is true with the values that were typed. */
export function Outcome({ tried }: { tried: TriedExpression }) {
  const { t } = useTranslation();
  if (tried.fault) return null;
  if (tried.uncomputable) {
    return (
      <Alert severity="warning" role="status">
        {t("expressions.uncomputable")} {tried.uncomputable.message}
      </Alert>
    );
  }
  return (
    <Alert severity={tried.result ? "success" : "info"} role="status">
      {t(`expressions.is_${tried.result}`)}
    </Alert>
  );
}
