import Alert from "@mui/material/Alert";
import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { FixButton } from "../problems/FixButton";
import { ProblemText } from "../problems/ProblemText";

interface NodeProblemsProps {
  problems: readonly Schemas["ProblemView"][];
  isEditing: boolean;
}

/** What is wrong with a node, before its fields: some of it stands at no field that is shown (ED-3). */
export function NodeProblems({ problems, isEditing }: NodeProblemsProps) {
  const { t } = useTranslation();
  if (!problems.length) return null;
  return (
    <Stack component="ul" aria-label={t("problems.list")} sx={{ p: 0, m: 0, mb: 2, gap: 1 }}>
      {problems.map((problem, index) => (
        <Alert key={index} component="li" role="listitem" severity={problem.severity === "error" ? "error" : "warning"} sx={{ py: 0 }}>
          <ProblemText problem={problem} />
          {isEditing && (
            <div>
              <FixButton problem={problem} />
            </div>
          )}
        </Alert>
      ))}
    </Stack>
  );
}
