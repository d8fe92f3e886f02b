import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useEditor } from "../canvas/editor";
import { ProblemText } from "../problems/ProblemText";
import { ProblemAlert } from "../workspace/ProblemAlert";
import type { Result } from "./testing";
import type { Test } from "./tests";
import type { Tried } from "./transcript";

type Difference = Tried["differences"][number];

const WHATS = ["out", "at", "status", "variables", "effects"] as const;
const isKnown = (what: string): what is (typeof WHATS)[number] => WHATS.some((one) => one === what);

/** What a test found to be otherwise, turn by turn; why it could not be run. */
export function TestDifferences({ result, test }: { result: Result; test: Test }) {
  const { t } = useTranslation();
  if ("error" in result) return <ProblemAlert error={result.error as Error} />;
  const { problems, stopped, differences } = result.tried;
  return (
    <>
      {problems.length > 0 && <Typography color="error">{t("trying.cannot_run")}</Typography>}
      {problems.map((problem, index) => (
        <ProblemText key={index} problem={problem} />
      ))}
      {differences.map((difference, index) => (
        <One key={index} difference={difference} test={test} />
      ))}
      {stopped !== null && <Typography color="error">{stopped}</Typography>}
    </>
  );
}

function One({ difference: { turn, what, expected, actual }, test }: { difference: Difference; test: Test }) {
  const { t } = useTranslation();
  const nodes = useEditor(({ scenario }) => scenario.nodes);
  const said = saidIn(test, turn);
  const place = turn === 0 ? "" : said === null ? t("trying.in_turn", { turn }) : t("trying.in_turn_said", { turn, said });
  const words = isKnown(what) ? t(`trying.what_${what}`) : what;
  const shown = (value: unknown) => (what === "at" ? (nodes.find(({ id }) => id === value)?.label ?? readable(value)) : readable(value));
  return (
    <Box sx={{ mt: 1, fontSize: "0.875rem" }}>
      <Typography variant="body2" sx={{ fontWeight: 600 }}>
        {[place, words].filter(Boolean).join(": ")}
      </Typography>
      <Side name={t("trying.expected")}>{shown(expected)}</Side>
      <Side name={t("trying.actual")}>{shown(actual)}</Side>
    </Box>
  );
}

function Side({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Box sx={{ display: "flex", gap: 1, overflowWrap: "anywhere" }}>
      <Typography variant="body2" color="textSecondary" sx={{ flex: "0 0 6em" }}>
        {name}
      </Typography>
      <Typography variant="body2" component="div" sx={{ flex: 1, minWidth: 0, whiteSpace: "pre-line" }}>
        {children}
      </Typography>
    </Box>
  );
}

/** A value as people read it: texts one below the other, all else as JSON. */
function readable(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.length ? value.map(readable).join("\n") : "–";
  return JSON.stringify(value);
}

/** What the contact wrote in a turn, to know it again; null: they wrote nothing. */
function saidIn({ turns }: Test, turn: number): string | null {
  const said: unknown = Array.isArray(turns) ? (turns[turn - 1] as { in?: unknown } | undefined)?.in : null;
  return typeof said === "string" ? said : null;
}
