import Alert from "@mui/material/Alert";
import Stack from "@mui/material/Stack";
import { useLayoutEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { FixButton } from "../problems/FixButton";
import { useBranchName } from "../problems/place";
import { ProblemText } from "../problems/ProblemText";
import type { Node } from "../scenario/model";
import { useUntold } from "./faults";
import { KeptRoom } from "./KeptRoom";

interface NodeProblemsProps {
  node: Node;
  isEditing: boolean;
}

/** What is wrong with a node at no field that is shown (ED-3), below them: nothing moves when it comes. */
export function NodeProblems({ node, isEditing }: NodeProblemsProps) {
  const { t } = useTranslation();
  const branchName = useBranchName();
  const untold = useUntold();
  // the fields say what they tell once they are there
  const [areThere, setThere] = useState(false);
  useLayoutEffect(() => setThere(true), []);
  const problems = areThere ? untold : [];
  return (
    <KeptRoom>
      {problems.length > 0 && (
        <Stack component="ul" aria-label={t("problems.list")} sx={{ m: 0, p: 1, gap: 1, maxHeight: "30vh", overflow: "auto", borderTop: 1, borderColor: "divider" }}>
          {problems.map((problem, index) => (
            <Alert key={index} component="li" role="listitem" severity={problem.severity === "error" ? "error" : "warning"} sx={{ py: 0 }}>
              {branchName(node, problem.field ?? "") && <strong>{branchName(node, problem.field ?? "")}: </strong>}
              <ProblemText problem={problem} />
              {isEditing && (
                <div>
                  <FixButton problem={problem} />
                </div>
              )}
            </Alert>
          ))}
        </Stack>
      )}
    </KeptRoom>
  );
}
