import PlayArrow from "@mui/icons-material/PlayArrow";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import FormControlLabel from "@mui/material/FormControlLabel";
import List from "@mui/material/List";
import Stack from "@mui/material/Stack";
import Switch from "@mui/material/Switch";
import Typography from "@mui/material/Typography";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useEditor } from "../canvas/editor";
import { useTesting, useTrial } from "./current";
import { counted, reachOf } from "./reach";
import { TestRow } from "./TestRow";
import { isSame, type Result, resultsOf } from "./testing";
import { testsOf } from "./tests";

/** The tests of the draft: which pass, and what they reach. */
export function TestsPart({ isEditing, toChat }: { isEditing: boolean; toChat: () => void }) {
  const { t } = useTranslation();
  const { tests: run } = useTrial();
  const scenario = useEditor((state) => state.scenario);
  const tests = useMemo(() => testsOf(scenario), [scenario]);
  const results = useTesting((state) => state.results);
  const isRunning = useTesting((state) => state.isRunning);
  const isFresh = useTesting(({ ranOn }) => isSame(ranOn, scenario));
  useEffect(() => () => run.showReach(false), [run]);
  if (!tests.length) return <Typography sx={{ p: 2 }}>{t("trying.no_tests")}</Typography>;
  return (
    <Box sx={{ overflow: "auto", p: 2 }}>
      <Stack direction="row" sx={{ gap: 2, alignItems: "center", flexWrap: "wrap" }}>
        <Button variant="contained" startIcon={<PlayArrow />} loading={isRunning} loadingPosition="start" onClick={() => void run.run()}>
          {t("trying.run_all")}
        </Button>
        <Typography role="status" color={isFresh ? "textPrimary" : "textSecondary"}>
          <Summary isFresh={isFresh} />
        </Typography>
      </Stack>
      {results.size > 0 && <ReachSwitch />}
      <List aria-label={t("trying.part_tests")}>
        {tests.map((test, index) => (
          <TestRow key={index} isEditing={isEditing} test={test} number={index + 1} result={isFresh ? results.get(test) : undefined} toChat={toChat} />
        ))}
      </List>
    </Box>
  );
}

function Summary({ isFresh }: { isFresh: boolean }) {
  const { t } = useTranslation();
  const results = useResults();
  if (!results.length) return null;
  if (!isFresh) return t("trying.stale");
  const passed = results.filter((result) => "tried" in result && result.isPassed).length;
  return t("trying.passed", { passed, count: results.length });
}

/** What came of the tests that are there now. */
function useResults(): Result[] {
  const results = useTesting((state) => state.results);
  const scenario = useEditor((state) => state.scenario);
  return useMemo(() => resultsOf(results, scenario), [results, scenario]);
}

/** How much the tests reach, in figures and on the canvas. */
function ReachSwitch() {
  const { t } = useTranslation();
  const { tests: run } = useTrial();
  const results = useResults();
  const isOn = useTesting((state) => state.showsReach);
  const scenario = useEditor((state) => state.scenario);
  const { reached, all } = useMemo(() => counted(reachOf(results, scenario.id), scenario), [results, scenario]);
  return (
    <Box sx={{ mt: 1 }}>
      <Typography>{t("trying.reach", { reached, all })}</Typography>
      <FormControlLabel control={<Switch size="small" checked={isOn} onChange={(_, on) => run.showReach(on)} />} label={t("trying.show_reach")} />
    </Box>
  );
}
