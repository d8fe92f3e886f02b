import Paper from "@mui/material/Paper";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import type { FormEvent, ReactNode } from "react";
import { Page } from "../../shell/Page";

interface DoorPageProps {
  title: string;
  lead: string;
  submit: (event: FormEvent) => void;
  children: ReactNode;
}

/** A form before everything else. */
export function DoorPage({ title, lead, submit, children }: DoorPageProps) {
  return (
    <Page title={title}>
      <Paper variant="outlined" sx={{ maxWidth: 420, mx: "auto", mt: { xs: 2, sm: 8 }, p: 4 }}>
        <Stack component="form" onSubmit={submit} noValidate sx={{ gap: 2 }}>
          <Typography variant="h1">{title}</Typography>
          <Typography sx={{ color: "text.secondary" }}>{lead}</Typography>
          {children}
        </Stack>
      </Paper>
    </Page>
  );
}
