import Button from "@mui/material/Button";
import { useTranslation } from "react-i18next";
import { EmptyState } from "./EmptyState";
import { useSentence } from "./ProblemAlert";

interface NotLoadedProps {
  error: unknown;
  again: () => void;
  isTrying?: boolean;
}

/** In place of what could not be loaded: why, and another try. */
export function NotLoaded({ error, again, isTrying = false }: NotLoadedProps) {
  const { t } = useTranslation();
  const sentence = useSentence();
  return (
    <EmptyState title={t("work.not_loaded")} text={sentence(error)}>
      <Button variant="contained" loading={isTrying} onClick={again}>
        {t("work.again")}
      </Button>
    </EmptyState>
  );
}
