import Alert from "@mui/material/Alert";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { placeOf, useBranchName } from "../problems/place";
import { ProblemText } from "../problems/ProblemText";
import type { Scenario } from "../scenario/model";

type Problem = Schemas["ProblemView"];
type Missing = Schemas["MissingView"];

const SEVERITY = { error: "error", warning: "warning" } as const;
const KINDS = ["chatbots", "departments", "assets", "templates"] as const;

interface ProblemListProps {
  problems: readonly Problem[];
  missing: Missing;
  /** Whose places are told by the names that are given there; left out: by where they stand in the file. */
  scenario?: Scenario | undefined;
}

/** Everything that is wrong with a scenario, each with its place (CB-9), and what it names that is not here. */
export function ProblemList({ problems, missing, scenario }: ProblemListProps) {
  const { t } = useTranslation();
  const branchName = useBranchName();
  const place = (problem: Problem) => (scenario ? placeOf(scenario, problem, branchName) : pathOf(problem));
  const kinds = KINDS.filter((kind) => missing[kind].length > 0);
  if (!problems.length && !kinds.length) return <Alert severity="success">{t("problems.none")}</Alert>;
  return (
    <List disablePadding aria-label={t("problems.list")}>
      {problems.map((problem, index) => (
        <ListItem key={index} disableGutters sx={{ py: 0.5 }}>
          <Alert severity={SEVERITY[problem.severity as keyof typeof SEVERITY] ?? "info"} sx={{ width: "100%" }}>
            {place(problem) && <strong>{place(problem)}: </strong>}
            <ProblemText problem={problem} isExact={!scenario} />
          </Alert>
        </ListItem>
      ))}
      {kinds.map((kind) => (
        <ListItem key={kind} disableGutters sx={{ py: 0.5 }}>
          <Alert severity="warning" sx={{ width: "100%" }}>
            {t(`problems.missing_${kind}`, { keys: missing[kind].join(", ") })}
          </Alert>
        </ListItem>
      ))}
    </List>
  );
}

const pathOf = ({ node, field }: Problem) => [node, field].filter(Boolean).join(" ");
