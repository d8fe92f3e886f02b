import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Link from "@mui/material/Link";
import Paper from "@mui/material/Paper";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { LinkTo } from "../workspace/LinkTo";
import { ProblemAlert } from "../workspace/ProblemAlert";
import { pathTo } from "../workspace/sections";
import { checkFile, importFile, type ScenarioFile } from "./chatbots";
import { NOTHING_MAPPED, renamed } from "./mapping";
import { MissingKeys } from "./MissingKeys";
import { ProblemList } from "./ProblemList";
import type { ReadFile } from "./readFile";

/** One file that may become a draft: what is wrong with it, and under which id it is taken in. */
export function ImportedFile({ read }: { read: ReadFile }) {
  const { t } = useTranslation();
  return (
    <Paper variant="outlined" sx={{ p: 2, mb: 2 }}>
      <Typography variant="h3" sx={{ mb: 1 }}>
        {read.name}
      </Typography>
      {"problem" in read ? <Alert severity="error">{t(`chatbots.${read.problem}`)}</Alert> : <Scenario file={read.file} />}
    </Paper>
  );
}

function Scenario({ file }: { file: ScenarioFile }) {
  const { t } = useTranslation();
  const [id, setId] = useState(String(file.id ?? ""));
  const [mapping, map] = useState(NOTHING_MAPPED);
  const checked = useQuery({ queryKey: ["check", file], queryFn: () => checkFile(file), gcTime: 0 });
  const taking = useMutation({
    mutationFn: (overwrite: boolean) => importFile({ file, id, overwrite, ...renamed(mapping) }),
  });
  const isTaken = taking.error instanceof ApiError && taking.error.status === 409;
  if (taking.data)
    return (
      <Alert severity="success">
        {t("chatbots.imported")}{" "}
        <Link component={LinkTo} href={pathTo("chatbots", taking.data.id)}>
          {t("chatbots.open")}
        </Link>
      </Alert>
    );
  return (
    <Stack sx={{ gap: 2 }}>
      <ProblemAlert error={checked.error} />
      {checked.data && <ProblemList {...checked.data} />}
      {checked.data && <MissingKeys missing={checked.data.missing} mapping={mapping} change={map} />}
      <ProblemAlert error={taking.error} />
      <Stack direction="row" sx={{ gap: 1, alignItems: "flex-start" }}>
        <TextField label={t("chatbots.import_as")} value={id} onChange={(event) => setId(event.target.value)} />
        {isTaken && (
          <Button color="warning" variant="outlined" onClick={() => taking.mutate(true)} sx={{ whiteSpace: "nowrap" }}>
            {t("chatbots.overwrite")}
          </Button>
        )}
        <Button variant="contained" loading={taking.isPending} disabled={!id} onClick={() => taking.mutate(false)} sx={{ whiteSpace: "nowrap" }}>
          {t("chatbots.take_in")}
        </Button>
      </Stack>
    </Stack>
  );
}
