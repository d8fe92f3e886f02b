import Alert from "@mui/material/Alert";
import Link from "@mui/material/Link";
import { useTranslation } from "react-i18next";
import { useEditor } from "../canvas/editor";
import { ProblemText } from "../problems/ProblemText";
import { useTrying } from "./current";

const NOTHING: never[] = [];

/** What keeps the draft from running, each with the way there. */
export function CannotRun({ go }: { go: (id: string) => void }) {
  const { t } = useTranslation();
  const problems = useTrying(({ tried }) => tried?.problems ?? NOTHING);
  if (!problems.length) return null;
  return (
    <Alert severity="error" sx={{ maxHeight: "30vh", overflow: "auto" }}>
      {t("trying.cannot_run")}
      <ul style={{ margin: 0, paddingInlineStart: "1.1em" }}>
        {problems.map((problem, index) => (
          <li key={index}>
            {problem.node && (
              <>
                <At id={problem.node} go={go} />:{" "}
              </>
            )}
            <ProblemText problem={problem} />
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function At({ id, go }: { id: string; go: (id: string) => void }) {
  const name = useEditor(({ scenario }) => scenario.nodes.find((node) => node.id === id)?.label) || id;
  return (
    <Link component="button" type="button" onClick={() => go(id)}>
      {name}
    </Link>
  );
}
