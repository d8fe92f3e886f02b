import Alert from "@mui/material/Alert";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { ProblemText } from "../problems/ProblemText";

type Problem = Schemas["ProblemView"];
type Missing = Schemas["MissingView"];

const SEVERITY = { error: "error", warning: "warning" } as const;
const KINDS = ["chatbots", "departments", "assets", "templates"] as const;

/** Everything that is wrong with a scenario, each with its place (CB-9), and what it names that is not here. */
export function ProblemList({ problems, missing }: { problems: readonly Problem[]; missing: Missing }) {
  const { t } = useTranslation();
  const kinds = KINDS.filter((kind) => missing[kind].length > 0);
  if (!problems.length && !kinds.length) return <Alert severity="success">{t("problems.none")}</Alert>;
  return (
    <List disablePadding aria-label={t("problems.list")}>
      {problems.map((problem, index) => (
        <ListItem key={index} disableGutters sx={{ py: 0.5 }}>
          <Alert severity={SEVERITY[problem.severity as keyof typeof SEVERITY] ?? "info"} sx={{ width: "100%" }}>
            {placeOf(problem) && <strong>{placeOf(problem)}: </strong>}
            <ProblemText problem={problem} isExact />
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

const placeOf = ({ node, field }: Problem) => [node, field].filter(Boolean).join(" ");
