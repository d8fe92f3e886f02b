import Alert from "@mui/material/Alert";
import Link from "@mui/material/Link";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import type { MouseEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { placeOf, useBranchName } from "../problems/place";
import { ProblemText } from "../problems/ProblemText";
import { isForAnotherTab } from "../router";
import type { Scenario } from "../scenario/model";
import { LinkTo } from "../workspace/LinkTo";
import { pathTo } from "../workspace/sections";

type Problem = Schemas["ProblemView"];
type Missing = Schemas["MissingView"];

const SEVERITY = { error: "error", warning: "warning" } as const;
const KINDS = ["chatbots", "departments", "assets", "templates"] as const;

interface ProblemListProps {
  problems: readonly Problem[];
  missing: Missing;
  /** Whose places are told by the names that are given there; left out: by where they stand in the file. */
  scenario?: Scenario | undefined;
  /** On whose canvas they stand: each leads to its step there; left out: it is not here yet. */
  chatbot?: string;
  /** Go to a step of the canvas that is shown already. */
  go?: ((node: string) => void) | undefined;
  /** What can be done about one, below it. */
  fix?: (problem: Problem) => ReactNode;
}

/** Everything that is wrong with a scenario, each with its place (CB-9), and what it names that is not here. */
export function ProblemList({ problems, missing, scenario, chatbot, go, fix }: ProblemListProps) {
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
            <Line chatbot={chatbot} node={problem.node} go={go}>
              {place(problem) && <strong>{place(problem)}: </strong>}
              <ProblemText problem={problem} isExact={!scenario} />
            </Line>
            {fix?.(problem)}
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

interface LineProps {
  chatbot: string | undefined;
  go: ProblemListProps["go"] | undefined;
  node: Problem["node"];
  children: ReactNode;
}

/** The way to the step, where it is about one. */
function Line({ chatbot, node, go, children }: LineProps) {
  if (!chatbot || !node) return children;
  const follow = (event: MouseEvent) => {
    if (!go || isForAnotherTab(event)) return;
    event.preventDefault();
    go(node);
  };
  return (
    <Link component={LinkTo} href={pathTo("chatbots", chatbot, "canvas", node)} onClick={follow} color="inherit" underline="hover" sx={{ display: "block" }}>
      {children}
    </Link>
  );
}

const pathOf = ({ node, field }: Problem) => [node, field].filter(Boolean).join(" ");
