import Alert from "@mui/material/Alert";
import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";

/** What is wrong with a node, before its fields: some of it stands at no field that is shown (ED-3). */
export function NodeProblems({ problems }: { problems: readonly Schemas["ProblemView"][] }) {
  const { t } = useTranslation();
  if (!problems.length) return null;
  return (
    <Stack component="ul" aria-label={t("problems.list")} sx={{ listStyle: "none", p: 0, m: 0, mb: 2, gap: 1 }}>
      {problems.map((problem, index) => (
        <Alert key={index} component="li" role="listitem" severity={problem.severity === "error" ? "error" : "warning"} sx={{ py: 0 }}>
          {problem.message}
        </Alert>
      ))}
    </Stack>
  );
}
