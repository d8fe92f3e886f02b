import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { unanswered } from "./answers";
import { AnswersDialog } from "./AnswersDialog";
import { useTrying } from "./current";

/** Says which calls of code got no answer, since nothing goes outside, and lets their answers be written. */
export function Unanswered() {
  const { t } = useTranslation();
  const tried = useTrying((state) => state.tried);
  const http = useTrying(({ chat }) => chat.http);
  const [isOpen, setOpen] = useState(false);
  const calls = useMemo(() => unanswered(tried?.turns ?? [], http ?? []), [tried, http]);
  if (!calls.length) return null;
  return (
    <Alert severity="info" sx={{ flex: "none", overflowWrap: "anywhere" }}>
      {t("trying.unanswered", { call: calls[0] })}
      <div>
        <Button color="inherit" size="small" variant="outlined" sx={{ mt: 1 }} onClick={() => setOpen(true)}>
          {t("trying.answer_it")}
        </Button>
      </div>
      {isOpen && <AnswersDialog close={() => setOpen(false)} />}
    </Alert>
  );
}
