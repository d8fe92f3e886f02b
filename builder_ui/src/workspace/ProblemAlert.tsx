import Alert from "@mui/material/Alert";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";

/** A sentence that says what is the matter and what to do. */
export function useSentence(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (!(error instanceof ApiError)) return t("work.unexpected");
    if (error.isUnanswered) return t("work.unanswered");
    return error.status >= 500 ? t("work.server_fault") : error.message;
  };
}

/** What is wrong, above what it is about. */
export function ProblemAlert({ error }: { error: unknown }) {
  const sentence = useSentence();
  return error ? (
    <Alert severity="error" sx={{ my: 1 }}>
      {sentence(error)}
    </Alert>
  ) : null;
}
