import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import type { UseMutationResult } from "@tanstack/react-query";
import type { FormEvent, ReactNode } from "react";
import { ProblemAlert } from "./ProblemAlert";
import { isPlaced } from "./places";

interface PageFormProps {
  /** What it is of, for those who cannot see it. */
  label: string;
  verb: string;
  saving: Pick<UseMutationResult<unknown, Error, void>, "mutate" | "isPending" | "error">;
  /** Whether there is something to save. */
  isReady?: boolean;
  /** Left out for those who may not. */
  mayEdit?: boolean;
  children: ReactNode;
}

/** A form on a page. Values that cannot be used are told at their fields (`fieldError`), the rest above the button. */
export function PageForm({ label, verb, saving, isReady = true, mayEdit = true, children }: PageFormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady && !saving.isPending) saving.mutate();
  };
  return (
    <Stack component="form" aria-label={label} onSubmit={submit} noValidate sx={{ gap: 2, maxWidth: "36rem", pt: 1 }}>
      {children}
      {!isPlaced(saving.error) && <ProblemAlert error={saving.error} />}
      {mayEdit && (
        <Button type="submit" variant="contained" loading={saving.isPending} disabled={!isReady} sx={{ alignSelf: "flex-start" }}>
          {verb}
        </Button>
      )}
    </Stack>
  );
}
