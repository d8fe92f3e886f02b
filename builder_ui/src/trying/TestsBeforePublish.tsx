import Alert from "@mui/material/Alert";
import Typography from "@mui/material/Typography";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useEditor } from "../canvas/editor";
import { useMaybeTrial } from "./current";
import { isPassed, type TestRun } from "./testing";
import { nameOf, testsOf } from "./tests";

/**
 * Runs the tests of the draft before it is published, and says which fail; or that they were not run, since whoever
 * publishes may not run what a draft holds. Whether it is published all the same is not said here.
 */
export function TestsBeforePublish() {
  const { t } = useTranslation();
  const trial = useMaybeTrial();
  const count = useEditor(({ scenario }) => testsOf(scenario).length);
  if (!count) return null;
  return trial ? <Outcome run={trial.tests} /> : <Alert severity="info">{t("trying.tests_not_run", { count })}</Alert>;
}

function Outcome({ run }: { run: TestRun }) {
  const { t } = useTranslation();
  const results = useStore(run.store, (state) => state.results);
  const isRunning = useStore(run.store, (state) => state.isRunning);
  useEffect(() => void run.run(), [run]);
  if (isRunning || !results.size) return <Typography role="status">{t("trying.testing")}</Typography>;
  const all = [...results].map(([test, result], index) => ({ name: nameOf(test) ?? t("trying.test_number", { number: index + 1 }), isPassed: isPassed(result) }));
  const failing = all.filter((one) => !one.isPassed);
  if (!failing.length) return <Alert severity="success">{t("trying.tests_pass", { count: all.length })}</Alert>;
  return (
    <Alert severity="warning">
      {t("trying.tests_fail", { count: failing.length })}
      <ul style={{ margin: 0, paddingInlineStart: "1.1em" }}>
        {failing.map(({ name }, index) => (
          <li key={index}>{name}</li>
        ))}
      </ul>
    </Alert>
  );
}
