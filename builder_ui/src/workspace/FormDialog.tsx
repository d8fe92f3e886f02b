import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import Stack from "@mui/material/Stack";
import type { UseMutationResult } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { ProblemAlert } from "./ProblemAlert";
import { isPlaced } from "./places";

interface FormDialogProps {
  title: string;
  verb: string;
  saving: Pick<UseMutationResult<unknown, Error, void>, "mutate" | "isPending" | "error">;
  close: () => void;
  /** Whether there is enough to save. */
  isReady?: boolean;
  /** Whether it shows what needs room, such as a graph. */
  isWide?: boolean;
  children: ReactNode;
}

const CHOICES = ["radio", "checkbox"];

/** Enter where one chooses is no wish to be done with the form. */
function keepChoosing(event: KeyboardEvent): void {
  if (event.key === "Enter" && event.target instanceof HTMLInputElement && CHOICES.includes(event.target.type)) event.preventDefault();
}

/** A form in a dialog. Values that cannot be used are told at their fields (`useFieldErrors`), the rest above them. */
export function FormDialog({ title, verb, saving, close, isReady = true, isWide = false, children }: FormDialogProps) {
  const { t } = useTranslation();
  const heading = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <Dialog open maxWidth={isWide ? "md" : "sm"} onClose={(_, reason) => reason === "escapeKeyDown" && close()} aria-labelledby={heading}>
      <form onSubmit={submit} onKeyDown={keepChoosing} noValidate>
        <DialogTitle id={heading}>{title}</DialogTitle>
        <DialogContent>
          <Stack sx={{ gap: 2, pt: 1 }}>
            {!isPlaced(saving.error) && <ProblemAlert error={saving.error} />}
            {children}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={close}>{t("work.cancel")}</Button>
          <Button type="submit" variant="contained" loading={saving.isPending} disabled={!isReady}>
            {verb}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
