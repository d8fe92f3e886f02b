import Box from "@mui/material/Box";
import MenuItem from "@mui/material/MenuItem";
import Paper from "@mui/material/Paper";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemAlert } from "../../workspace/ProblemAlert";
import { type Query, useCounts } from "./answers";
import { CountChart } from "./CountChart";
import { CountTable } from "./CountTable";

interface CountsProps {
  id: string;
  fields: string[];
  query: Query;
}

/** How often each value of a field was given: as bars, and as numbers beside them. */
export function Counts({ id, fields, query }: CountsProps) {
  const { t } = useTranslation();
  const [chosen, choose] = useState(fields[0]!);
  const field = fields.includes(chosen) ? chosen : fields[0]!;
  const counts = useCounts(id, field, query);
  return (
    <Paper variant="outlined" component="section" aria-label={t("answers.how_often")} sx={{ p: 2 }}>
      <Stack direction="row" sx={{ gap: 2, flexWrap: "wrap", alignItems: "center", justifyContent: "space-between", mb: 1 }}>
        <Typography variant="h2">{t("answers.how_often")}</Typography>
        <TextField select label={t("answers.field")} value={field} onChange={(event) => choose(event.target.value)} sx={{ width: "16rem" }}>
          {fields.map((name) => (
            <MenuItem key={name} value={name}>
              {name}
            </MenuItem>
          ))}
        </TextField>
      </Stack>
      <ProblemAlert error={counts.error} />
      {counts.data?.threads === 0 && <Typography sx={{ color: "text.secondary" }}>{t("answers.no_counts")}</Typography>}
      {counts.data && counts.data.threads > 0 && (
        <Box sx={{ display: "grid", gridTemplateColumns: { xs: "1fr", md: "3fr 2fr" }, gap: 2 }}>
          <CountChart summary={counts.data} />
          <CountTable summary={counts.data} />
        </Box>
      )}
    </Paper>
  );
}
