import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import type { UseMutationResult } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useEffect, useRef } from "react";
import { ProblemAlert } from "./ProblemAlert";
import { isPlaced } from "./places";
import { useUnsaved } from "./unsaved";

interface PageFormProps {
  /** What it is of, for those who cannot see it. */
  label: string;
  verb: string;
  saving: Pick<UseMutationResult<unknown, Error, void>, "mutate" | "isPending" | "error">;
  /** Whether there is something to save. */
  isReady?: boolean;
  /** Whether something was typed that would be lost: whoever leaves is asked. */
  isChanged?: boolean;
  /** Whether there is a button to save. */
  mayEdit?: boolean;
  /** For what needs the whole page. */
  isWide?: boolean;
  children: ReactNode;
}

/** A form on a page. Values that cannot be used are told at their fields (`fieldError`), the rest above the button. */
export function PageForm({ label, verb, saving, isReady = true, isChanged = false, mayEdit = true, isWide = false, children }: PageFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const { error } = saving;
  useUnsaved(isChanged && mayEdit);
  useEffect(() => {
    if (isPlaced(error)) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady && !saving.isPending) saving.mutate();
  };
  return (
    <Stack component="form" ref={form} aria-label={label} onSubmit={submit} noValidate sx={{ gap: 2, maxWidth: isWide ? "none" : "36rem", pt: 1 }}>
      {children}
      {mayEdit && (
        <Stack sx={{ alignItems: "flex-start", ...(isWide && { position: "sticky", bottom: 0, bgcolor: "background.default", py: 1.5 }) }}>
          {!isPlaced(error) && <ProblemAlert error={error} />}
          <Button type="submit" variant="contained" loading={saving.isPending} disabled={!isReady}>
            {verb}
          </Button>
        </Stack>
      )}
    </Stack>
  );
}
