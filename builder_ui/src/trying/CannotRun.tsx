import Alert from "@mui/material/Alert";
import Link from "@mui/material/Link";
import { useTranslation } from "react-i18next";
import { useEditor } from "../canvas/editor";
import { useTrying } from "./current";

const NOTHING: never[] = [];

/** What keeps the draft from running, each with the way there. */
export function CannotRun({ go }: { go: (id: string) => void }) {
  const { t } = useTranslation();
  const problems = useTrying(({ tried }) => tried?.problems ?? NOTHING);
  const nodes = useEditor(({ scenario }) => scenario.nodes);
  if (!problems.length) return null;
  const nameOf = (id: string) => nodes.find((node) => node.id === id)?.label || id;
  return (
    <Alert severity="error" sx={{ maxHeight: "30vh", overflow: "auto" }}>
      {t("trying.cannot_run")}
      <ul style={{ margin: 0, paddingInlineStart: "1.1em" }}>
        {problems.map(({ node, message }, index) => (
          <li key={index}>
            {node && (
              <>
                <Link component="button" type="button" onClick={() => go(node)}>
                  {nameOf(node)}
                </Link>
                {": "}
              </>
            )}
            {message}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
